import type { Screen } from "@cassette/format";
import { type Echo, echoOf, showsAnsweredPrompt } from "./echo.js";
import { printedText } from "./printed-text.js";
import type { PromptField } from "./prompt-field.js";
import type { TypedKeys } from "./typed-keys.js";

/** Keys typed at one prompt; one decision covers them all. */
export interface PasswordRun {
  readonly field: PromptField;
  /** The screen before the first key. */
  readonly before: Screen;
  /** All keys so far, and the printable ones among them. */
  keys: string;
  typed: string;
  /** How the keys ended; null while more may come. */
  end: TypedKeys["end"];
  /** What the last screen shows of the keys, and whether it still has the prompt. */
  echo: Echo;
  isAnswered: boolean;
  sawMask: boolean;
  /** A settled screen showed no key in clear before the end. */
  hasRested: boolean;
  /** When a key was last sent or something was last printed. */
  lastStirMs: number;
  endedMs: number;
  /** After the end, the program printed something, a line feed, or the keys themselves. */
  hasReacted: boolean;
  sawLineFeed: boolean;
  isPrinted: boolean;
}

/** "secret": to be withheld. "clear": not a secret. "open": undecided until more output. */
export type Decision = "open" | "secret" | "clear";

/** Without a write for this long, a screen counts as settled. */
const REST_MS = 50;
/** Keys read without a line end, as by `read -n`, count as a secret from this number on. */
const FEWEST_KEYS = 4;

/** Starts a run at a prompt. */
export function startRun(field: PromptField, before: Screen): PasswordRun {
  return {
    field,
    before,
    keys: "",
    typed: "",
    end: null,
    echo: "none",
    isAnswered: false,
    sawMask: false,
    hasRested: false,
    lastStirMs: 0,
    endedMs: 0,
    hasReacted: false,
    sawLineFeed: false,
    isPrinted: false,
  };
}

/** Adds keys that were sent. Keys after an end, before the program has reacted to it, were typed ahead. */
export function addKeys(run: PasswordRun, { keys, text, end }: TypedKeys, t_ms: number): void {
  if (run.end === null) run.typed += text;
  run.keys += keys;
  run.lastStirMs = t_ms;
  if (end === null) return;
  run.end ??= end;
  run.endedMs = t_ms;
}

/** Decides about a run when its end is sent: earlier observations count. */
export function decideAtEnd(run: PasswordRun): Decision {
  if (run.end === null) return "open";
  if (run.typed.trim() === "") return "clear";
  if (isUnmasked(run)) return "clear";
  return run.hasRested && !run.field.needsMask && isHiding(run.echo) ? "secret" : "open";
}

/** Observes the screen after more output. */
export function observeScreen(run: PasswordRun, now: Screen, printed: Uint8Array, t_ms: number): Decision {
  run.echo = echoOf(run.field, run.before, now, run.typed);
  run.isAnswered = showsAnsweredPrompt(run.field, now);
  run.sawMask ||= run.echo === "mask";
  run.lastStirMs = t_ms;
  run.isPrinted ||= isPrintedAtEnd(run, printed);
  if (run.echo === "self" && !run.isPrinted) return "clear";
  if (run.end !== null && !run.hasReacted && !run.hasRested && isEchoedFirst(run, printed)) return "clear";
  run.hasReacted = run.end !== null;
  if (run.end === null) return "open";
  run.sawLineFeed ||= printed.includes(0x0a);
  return run.sawLineFeed || t_ms - run.endedMs >= REST_MS ? decideEnded(run) : "open";
}

/** Decides about a run before the next event. */
export function decideBefore(run: PasswordRun, t_ms: number, mayGoOn: boolean): Decision {
  if (run.end !== null) return run.hasReacted || !mayGoOn ? decideEnded(run) : "open";
  if (mayGoOn && t_ms - run.lastStirMs < REST_MS) return isUnmasked(run) ? "clear" : "open";
  if (isHiding(run.echo)) {
    run.hasRested = true;
    return mayGoOn ? "open" : decideWithoutEnd(run);
  }
  return run.echo === "self" ? "clear" : decideWithoutEnd(run);
}

/** Whether the last key had no visible effect, not even a mask. */
function isUnmasked({ echo, sawMask }: PasswordRun): boolean {
  return echo === "other" && !sawMask;
}

/** Whether the first text printed after a burst of keys is the keys themselves: the field may vanish in the same read. */
function isEchoedFirst({ typed, isPrinted }: PasswordRun, printed: Uint8Array): boolean {
  return !isPrinted && printedText(printed).startsWith(typed);
}

function isHiding(echo: Echo): boolean {
  return echo === "none" || echo === "mask";
}

/**
 * Whether a dialog prints the keys when it ends, as `dialog` does in the place of its field. It draws the echo in the
 * field's colours, character by character.
 */
export function isPrintedAtEnd({ end, field, typed }: PasswordRun, printed: Uint8Array): boolean {
  if (end === null || !field.isFramed || typed.length < FEWEST_KEYS) return false;
  return Buffer.from(printed.buffer, printed.byteOffset, printed.length).includes(typed);
}

/** The field was left. */
function decideEnded(run: PasswordRun): Decision {
  if (run.typed.trim() === "" || (run.echo === "self" && !run.isPrinted)) return "clear";
  return run.field.needsMask && !run.sawMask ? "clear" : "secret";
}

/** The program continued by itself, or ended. */
function decideWithoutEnd(run: PasswordRun): Decision {
  if ([...run.typed].length < FEWEST_KEYS) return "clear";
  return run.hasRested || run.isAnswered ? decideEnded(run) : "clear";
}
