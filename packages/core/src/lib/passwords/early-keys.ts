import { printedText } from "./printed-text.js";
import { findPromptWord } from "./prompt-words.js";
import type { TypedKeys } from "./typed-keys.js";

/** Keys typed in raw mode while the screen may still be missing the prompt that reads them. */
export interface EarlyKeys {
  readonly typed: { keys: TypedKeys; t_ms: number }[];
  /** How many screens were looked at since. */
  looks: number;
}

/** What was printed last. */
export interface LastPrinted {
  /** The end of it, since the last key. */
  tail: Uint8Array;
  t_ms: number;
}

/** A prompt is drawn in so many reads at most. */
const MOST_LOOKS = 4;
const MOST_TAIL = 4 * 1024;

/** Starts with nothing printed. */
export function createLastPrinted(): LastPrinted {
  return { tail: new Uint8Array(), t_ms: Number.NEGATIVE_INFINITY };
}

/** Adds output. */
export function addLastPrinted(last: LastPrinted, bytes: Uint8Array, t_ms: number): void {
  last.tail = Buffer.concat([last.tail, bytes.subarray(-MOST_TAIL)]).subarray(-MOST_TAIL);
  last.t_ms = t_ms;
}

/** Whether a program was printing a prompt for a secret less than `restMs` ago, of which the screen may not show all yet. */
export function isPromptBeingDrawn({ tail, t_ms }: LastPrinted, now_ms: number, restMs: number): boolean {
  return now_ms - t_ms < restMs && findPromptWord(printedText(tail)) !== null;
}

/** Whether keys have waited long enough for a prompt, in time or in screens, and are recorded as typed. */
export function isTooLate({ typed, looks }: EarlyKeys, t_ms: number, restMs: number): boolean {
  const last = typed.at(-1);
  return looks >= MOST_LOOKS || last === undefined || t_ms - last.t_ms >= restMs;
}

/** Whether output begins with the keys: the program shows what is typed. */
export function isEchoed({ typed }: EarlyKeys, printed: Uint8Array): boolean {
  const text = typed.map(({ keys }) => keys.text).join("");
  const shown = printedText(printed).trim();
  return shown !== "" && (shown.startsWith(text) || text.startsWith(shown));
}
