import { escapeText } from "@cassette/format";
import { failureText } from "../failure/failure-text.js";
import type { ScenarioResult } from "./run-scenario.js";

/** The result of a scenario, for people. One line if it passed. */
export function scenarioText({
  name,
  ok,
  assertions,
  failures,
  error,
  cassette_path,
}: ScenarioResult): string {
  if (ok) return `ok ${escapeText(name)}: ${counted(assertions, "assertion")}`;
  if (error) {
    const { code, message, file, line } = error;
    const place = file === undefined ? cassette_path : `${file}${line === undefined ? "" : `:${line}`}`;
    return `failed ${escapeText(name)}\n${indented(escapeText(`${place}: ${message} [${code}]`))}`;
  }
  const head = `failed ${escapeText(name)}: ${failures.length} of ${counted(assertions, "assertion")}`;
  return [head, ...failures.map((failure) => indented(failureText(failure)))].join("\n\n");
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
