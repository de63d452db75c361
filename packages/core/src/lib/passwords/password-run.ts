import type { Screen } from "@cassette/format";
import { type Echo, echoOf, showsAnsweredPrompt } from "./echo.js";
import type { PromptField } from "./prompt-field.js";
import type { TypedKeys } from "./typed-keys.js";

/** Keys typed at one prompt, which are decided together. */
export interface PasswordRun {
  readonly field: PromptField;
  /** The screen before the first key. */
  readonly before: Screen;
  /** All keys so far, and the printable ones among them. */
  keys: string;
  typed: string;
  /** How the keys ended; null while more may come. */
  end: TypedKeys["end"];
  /** What the last screen shows of the keys, and whether that screen still has the prompt. */
  echo: Echo;
  isAnswered: boolean;
  sawMask: boolean;
  /** A screen at rest showed no key in clear before the end. */
  hasRested: boolean;
  /** When a key was last sent or something was last printed. */
  lastStirMs: number;
  endedMs: number;
  /** A line feed was printed after the end. */
  sawLineFeed: boolean;
}

/** "secret": to be withheld. "clear": no secret. "open": more has to be seen. */
export type Verdict = "open" | "secret" | "clear";

/** A screen that is drawn in several writes is at rest after so long without one. */
const REST_MS = 50;
/** Keys that a program takes without a line end, as `read -n` does, are a secret from this number on. */
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
    sawLineFeed: false,
  };
}

/** Adds keys that were sent. */
export function addKeys(run: PasswordRun, { keys, text, end }: TypedKeys, t_ms: number): void {
  run.keys += keys;
  run.typed += text;
  run.lastStirMs = t_ms;
  if (end === null) return;
  run.end = end;
  run.endedMs = t_ms;
}

/** Looks at the screen after more was printed. */
export function lookAt(run: PasswordRun, now: Screen, printed: Uint8Array, t_ms: number): Verdict {
  run.echo = echoOf(run.field, run.before, now, run.typed);
  run.isAnswered = showsAnsweredPrompt(run.field, now);
  run.sawMask ||= run.echo === "mask";
  run.lastStirMs = t_ms;
  if (run.echo === "self" && !isPrintedLater(run)) return "clear";
  if (run.end === null) return "open";
  run.sawLineFeed ||= printed.includes(0x0a);
  return run.sawLineFeed || t_ms - run.endedMs >= REST_MS ? judgeEnded(run) : "open";
}

/** Judges a run before something else happens. */
export function judgeBefore(run: PasswordRun, t_ms: number, mayGoOn: boolean): Verdict {
  if (run.end !== null) return judgeEnded(run);
  if (mayGoOn && t_ms - run.lastStirMs < REST_MS) return "open";
  if (run.echo === "none" || run.echo === "mask") {
    run.hasRested = true;
    return mayGoOn ? "open" : judgeWithoutEnd(run);
  }
  return run.echo === "self" ? "clear" : judgeWithoutEnd(run);
}

/** Whether what shows the keys is no echo: `dialog` prints the password in its field when it ends. */
function isPrintedLater({ end, hasRested, field }: PasswordRun): boolean {
  return end !== null && (hasRested || field.isFramed);
}

/** The field was left. */
function judgeEnded(run: PasswordRun): Verdict {
  if (run.echo === "self" && !isPrintedLater(run)) return "clear";
  return run.field.needsMask && !run.sawMask ? "clear" : "secret";
}

/** The program went on by itself, or ended. */
function judgeWithoutEnd(run: PasswordRun): Verdict {
  if ([...run.typed].length < FEWEST_KEYS) return "clear";
  return run.hasRested || run.isAnswered ? judgeEnded(run) : "clear";
}
