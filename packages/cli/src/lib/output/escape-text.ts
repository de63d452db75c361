/**
 * Control characters, bidirectional controls, zero-width characters and lone surrogates: what can move a cursor, reorder
 * a line or hide. Tab and newline are the caller's to keep or escape.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const SHORT: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u001b": "\\e" };

/** Makes one line of text safe to print on a terminal: what would act is shown instead. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, (char) => SHORT[char] ?? escapeUnit(char.charCodeAt(0)));
}

function escapeUnit(unit: number): string {
  if (unit < 0x100) return `\\x${unit.toString(16).padStart(2, "0")}`;
  return `\\u{${unit.toString(16)}}`;
}

/** Drops what would act on a terminal from a line of our own making, whose SGR sequences stay. */
export function dropUnsafe(line: string): string {
  return line.replace(UNSAFE, (char) => (char === "\u001b" ? char : ""));
}
