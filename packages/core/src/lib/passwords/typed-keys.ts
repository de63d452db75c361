import { endsTypedLine } from "../typed-line.js";

/** What one piece of input is to a field in which a secret may be typed. */
export interface TypedKeys {
  /** The keys as text, without sequences and the brackets of pastes. */
  readonly keys: string;
  /** The printable ones among them. */
  readonly text: string;
  /** "line": it ends with a line end; "leave": with a key that leaves a field, Tab or Escape; null: it continues. */
  readonly end: "line" | "leave" | null;
}

const PASTE_BRACKETS = /\x1b\[20[01]~/g;
/** A key that sends a sequence moves or edits. */
const SEQUENCES = /\x1b(?:\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|O[\x40-\x7e])/g;
const CONTROLS = /[\x00-\x1f\x7f]/g;
const ESC = 0x1b;
const TAB = 0x09;

/** Reads one piece of input. */
export function readTypedKeys(bytes: Uint8Array): TypedKeys {
  const keys = Buffer.from(bytes).toString("utf8").replace(PASTE_BRACKETS, "").replace(SEQUENCES, "");
  const text = keys.replace(CONTROLS, "");
  const last = keys.charCodeAt(keys.length - 1);
  if (endsTypedLine(last)) return { keys, text, end: "line" };
  return { keys, text, end: last === ESC || last === TAB ? "leave" : null };
}
