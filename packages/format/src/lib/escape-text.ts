/**
 * Control characters, bidirectional controls, zero-width characters and lone surrogates: they can move the cursor, reorder
 * a line or hide text. The caller decides about tab and newline.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** SGR sequences, which only change how text looks, and what is unsafe outside of them. */
const SGR_OR_UNSAFE = new RegExp(`\\u001b\\[[\\d;:]*m|${UNSAFE.source}`, "g");

const SHORT: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u001b": "\\e" };

/** The first sign of what build servers take for commands to them anywhere in a line: `##[…]`, `##vso[…]`, `##teamcity[…]`. */
export const SERVER_COMMAND = /#(?=#(?:vso|teamcity)?\[)/gi;
/** `::name::`, a command only at the start of a line. */
const LINE_COMMAND = /^(\s*):(?=:)/;

/** Makes text safe to print within a line: characters that would act on a terminal or a build server are shown as escapes. */
export function escapeText(text: string): string {
  return text
    .replace(UNSAFE, (char) => SHORT[char] ?? escapeUnit(char.charCodeAt(0)))
    .replace(SERVER_COMMAND, "\\x23");
}

/** Makes text safe to print as a whole line. */
export function escapeLine(text: string): string {
  return escapeText(text).replace(LINE_COMMAND, "$1\\x3a");
}

/** Makes a line of JSON safe to print; it stays the same value. */
export function escapeJson(json: string): string {
  return json
    .replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(SERVER_COMMAND, "\\u0023");
}

function escapeUnit(unit: number): string {
  if (unit < 0x100) return `\\x${unit.toString(16).padStart(2, "0")}`;
  return `\\u{${unit.toString(16)}}`;
}

/** Replaces each character that could move a cursor, reorder a line or hide, tabs and newlines included. */
export function replaceUnsafe(text: string, replacement: string): string {
  return text.replace(UNSAFE, replacement);
}

/** Removes everything that acts on a terminal except SGR sequences. For lines of our own. */
export function stripAllButSgr(line: string): string {
  return line.replace(SGR_OR_UNSAFE, (found) =>
    found.length > 1 && found.startsWith("\u001b") ? found : "",
  );
}
