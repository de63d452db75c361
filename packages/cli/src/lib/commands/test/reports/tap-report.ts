import type { Writer } from "../../../output/writer.js";
import type { Report } from "./report.js";
import { reported } from "./reported.js";

/** The Test Anything Protocol, version 14. */
export function tapReport(writer: Pick<Writer, "line">, count: number): Report {
  let number = 0;
  return {
    async scenario(file, outcome) {
      if (number === 0) await writer.line(`TAP version 14\n1..${count}`);
      number++;
      const { name, isOk, problems } = reported(file, outcome);
      await writer.line(`${isOk ? "ok" : "not ok"} ${number} - ${inOneLine(name)}`);
      if (problems.length > 0) await writer.line(diagnostics(file, problems));
    },
  };
}

/** `#` begins a directive such as SKIP. */
function inOneLine(name: string): string {
  return name.replaceAll("\\", "\\\\").replaceAll("#", "\\#").replaceAll(/\s+/g, " ");
}

/** A block of YAML, whose texts are written as JSON: one line each, whatever is in them. */
function diagnostics(
  file: string,
  problems: readonly { title: string; text: string; line: number | null }[],
) {
  const lines = problems.flatMap(({ title, text, line }) => [
    `    - message: ${JSON.stringify(title)}`,
    `      line: ${line}`,
    `      details: ${JSON.stringify(text)}`,
  ]);
  return ["  ---", `  file: ${JSON.stringify(file)}`, "  problems:", ...lines, "  ..."].join("\n");
}
