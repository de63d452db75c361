import { printedText } from "./printed-text.js";
import type { TypedKeys } from "./typed-keys.js";

/** Keys typed in raw mode before the program has drawn anything: the screen may still be missing the prompt that reads them. */
export interface EarlyKeys {
  readonly typed: { keys: TypedKeys; t_ms: number }[];
  /** How many screens were looked at since. */
  looks: number;
}

/** A prompt is drawn in so many reads at most. */
const MOST_LOOKS = 4;

/** Whether keys have waited long enough for a prompt, in time or in screens, and are recorded as typed. */
export function isTooLate({ typed, looks }: EarlyKeys, t_ms: number, restMs: number): boolean {
  const last = typed.at(-1);
  return looks >= MOST_LOOKS || last === undefined || t_ms - last.t_ms >= restMs;
}

/** Whether output begins with the keys: the program shows what is typed. Line editors write the first one twice. */
export function isEchoed(early: EarlyKeys, printed: Uint8Array): boolean {
  const text = earlyText(early);
  const shown = printedText(printed).replace(WRITTEN_OVER, "").trim();
  return shown !== "" && (shown.startsWith(text) || text.startsWith(shown));
}

/** The printable keys. */
export function earlyText({ typed }: EarlyKeys): string {
  return typed.map(({ keys }) => keys.text).join("");
}

const WRITTEN_OVER = /[^\x08]\x08/g;
