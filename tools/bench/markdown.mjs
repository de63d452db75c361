import { rows } from "./runner.mjs";

/**
 * Lays out a whole run for `docs/benchmarks.md`.
 * @param {{ machine: Record<string, string | number>, rounds: number, quick: boolean,
 *   results: Record<string, { title: string, results: import("./runner.mjs").Result[], missing: string[] }[]> }} report
 * @returns {string}
 */
export function markdown({ machine, rounds, quick, results }) {
  const facts = Object.entries(machine).map(([name, value]) => `| ${name} | ${value} |`);
  const jobs = Object.entries(results).flatMap(([job, groups]) => [`## ${job}`, ...groups.map(section)]);
  return `${[
    "# Benchmarks",
    `Written by \`pnpm bench --markdown docs/benchmarks.md${quick ? " --quick" : ""}\`: medians of ${rounds} rounds, ratios to the first line of each
table, round by round. Compare ratios; the times are this machine's.`,
    ["| machine | |", "| --- | --- |", ...facts].join("\n"),
    ...jobs,
  ].join("\n\n")}\n`;
}

function section({ title, results, missing }) {
  const [head, ...body] = rows(results);
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const table = [line(head), line(head.map((_, index) => (index === 0 ? "---" : "--:"))), ...body.map(line)];
  const absent = missing.length > 0 ? [`Not installed: ${missing.join(", ")}.`] : [];
  return [`### ${title}`, table.join("\n"), ...absent].join("\n\n");
}
