import { stringify } from "yaml";
import type { RecordedScript } from "./script-of.js";

/** A script as a file: YAML, one step to a line. */
export function scriptText({ size, steps, secrets, lost, atEnd }: RecordedScript): string {
  const notes = [
    ...secrets.map((name) => `# ${name}: a variable with what was typed where nothing is shown`),
    ...(lost > 0 ? [`# Left out: ${lost} inputs that are not text, or were masked`] : []),
  ];
  const settings = { size: `${size.cols}x${size.rows}`, ...(atEnd && { atEnd }) };
  const lines = steps.map((step) => `  - ${flow(step)}`);
  return [...notes, stringify(settings).trimEnd(), "steps:", ...lines, ""].join("\n");
}

/** A scenario that asserts what the recording showed where its script waits, in that order, and how it ended. */
export function scenarioOf(
  { texts }: RecordedScript,
  { name, path, exitCode }: { name: string; path: string; exitCode: number | null },
): string {
  const groups = {
    ...(texts.length > 0 && { screens: [inOrder(texts)] }),
    ...(exitCode !== null && { end: [{ type: "exit_status", exit_code: exitCode }] }),
  };
  const note = exitCode === null ? "# How the program ended was not recorded\n" : "";
  return `${note}${stringify({ name, cassette_path: path, groups })}`;
}

/** A text that comes again is asserted again: a screen from before it changed does not do. */
function inOrder(texts: readonly string[]): object {
  const [text] = texts;
  if (texts.length === 1) return { type: "frame_eventually_contains", text };
  return { type: "event_order", events: texts.map((text) => ({ kind: "frame", text })) };
}

function flow(step: object): string {
  const [[key, value] = ["", null]] = Object.entries(step);
  if (value === null) return key;
  return `${key}: ${typeof value === "string" ? quoted(value) : stringify(value, { collectionStyle: "flow" }).trim()}`;
}

/** As a JSON string, which YAML reads and in which no character is special. Plain words are left as they are. */
function quoted(text: string): string {
  return /^[A-Za-z][A-Za-z+]*(?: [A-Za-z]+)*$/.test(text) &&
    !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
