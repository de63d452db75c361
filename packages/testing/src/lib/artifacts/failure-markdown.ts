import { escapeLine } from "@cassette/format";
import type { FailureReport } from "./failure-report.js";

/** A failure in Markdown: what was expected and found, and both screens in fences that no text in them can end. */
export function failureMarkdown({ test, file, line, message, failure, screens }: FailureReport): string {
  const place = file === null ? [] : [inline(line === null ? file : `${file}:${line}`)];
  const head = `#### ${inline(test)}`;
  const what = failure
    ? [
        `- assertion: ${inline(failure.assertion)}`,
        `- expected: ${inline(failure.expected)}`,
        `- found: ${inline(failure.found)}`,
      ]
    : [fenced(message)];
  const shown = screens && [
    ...(screens.expected === null ? [] : ["Expected:", fenced(screens.expected)]),
    screens.expected === null ? "The screen then:" : "Found:",
    fenced(screens.found),
  ];
  const command = failure?.command ? [`Look: ${inline(failure.command)}`] : [];
  return [head, ...place, what.join("\n"), ...(shown ?? []), ...command].join("\n\n");
}

/** A fence is longer than any run of backticks in it. */
function fenced(text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

/** The same within a line. */
function inline(text: string): string {
  const line = escapeLine(text).replaceAll(/\s+/g, " ");
  const fence = "`".repeat(longestRun(line) + 1);
  return `${fence} ${line} ${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
