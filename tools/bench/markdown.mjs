import { rows } from "./runner.mjs";

/**
 * Formats a whole run for `docs/benchmarks.md`.
 * @param {{ machine: Record<string, string | number>, rounds: number, quick: boolean,
 *   results: Record<string, { title: string, results: import("./runner.mjs").Result[], remarks: string[] }[]> }} report
 * @returns {string}
 */
export function markdown({ machine, rounds, quick, results }) {
  const facts = Object.entries(machine).map(([name, value]) => `| ${name} | ${value} |`);
  const jobs = Object.entries(results).flatMap(([job, groups]) => [`## ${job}`, ...groups.map(section)]);
  return `${[
    "# Benchmarks",
    `Written by \`pnpm bench ${quick ? "--quick " : ""}--rounds ${rounds} --markdown docs/benchmarks.md\`. Each figure is the median of ${rounds} rounds.
\`wall\` and \`cpu\` are ratios to the first line of the table, computed round by round. Compare these ratios; the times apply
to this machine only.`,
    ["| machine | |", "| --- | --- |", ...facts].join("\n"),
    ...jobs,
  ].join("\n\n")}\n`;
}

function section({ title, results, remarks }) {
  const [head, ...body] = rows(results);
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const table = [line(head), line(head.map((_, index) => (index === 0 ? "---" : "--:"))), ...body.map(line)];
  return [`### ${title}`, table.join("\n"), ...remarks.map((remark) => `- ${remark}`)].join("\n\n");
}
