import type { Screen } from "@cassette/format";
import { answeredRow, type Echo, echoOf, hasCursorMoved, isClear } from "./echo.js";
import { findMask } from "./printed-mask.js";
import { printedText } from "./printed-text.js";
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
  /** The cursor is below the prompt. */
  isBelow: boolean;
  sawMask: boolean;
  /** The last screen shows less than the one before the first key: the rest is about to be drawn again. */
  isErased: boolean;
  /** What was printed since the first key, without escape sequences, as far as it can be the echo of the keys. */
  printed: string;
  /** A screen at rest showed no key in clear before the end. */
  hasRested: boolean;
  /** When a key was last sent or something was last printed. */
  lastStirMs: number;
  endedMs: number;
  /** Something was printed after the end, a line feed, or the keys themselves. */
  hasReacted: boolean;
  sawLineFeed: boolean;
  isPrinted: boolean;
  /** The program has left the alternate screen on which it asked. */
  hasLeft: boolean;
  /** Milliseconds without output after which a screen is at rest. */
  restMs: number;
}

/** "secret": to be withheld. "clear": no secret. "open": more has to be seen. */
export type Verdict = "open" | "secret" | "clear";

/** Keys that a program takes without a line end, as `read -n` does, are a secret from this number on. */
const FEWEST_KEYS = 4;
/** Control keys that no field for a secret has a use for; editors and pagers do. */
const COMMANDS = /[\x06\x0b\x0e-\x14\x18\x19]/;
/** In characters; what is printed after so much is no echo. */
const MOST_PRINTED = 16 * 1024;

/** Starts a run at a prompt. */
export function startRun(field: PromptField, before: Screen, restMs: number): PasswordRun {
  return {
    field,
    before,
    keys: "",
    typed: "",
    end: null,
    echo: "none",
    isAnswered: false,
    isBelow: false,
    sawMask: false,
    isErased: false,
    printed: "",
    hasRested: false,
    lastStirMs: 0,
    endedMs: 0,
    hasReacted: false,
    sawLineFeed: false,
    isPrinted: false,
    hasLeft: false,
    restMs,
  };
}

/** Adds keys that were sent. What follows an end before the program has reacted to it was typed ahead. */
export function addKeys(run: PasswordRun, { keys, text, end }: TypedKeys, t_ms: number): void {
  if (run.end === null) run.typed += text;
  run.keys += keys;
  run.lastStirMs = t_ms;
  if (end === null) return;
  run.end ??= end;
  run.endedMs = t_ms;
}

/** Judges a run when its end is sent: what was seen before need not be seen again. In a dialog or an editor keys may be shown late. */
export function judgeAtEnd(run: PasswordRun): Verdict {
  if (run.end === null) return "open";
  if (run.typed.trim() === "") return "clear";
  if (isUnmasked(run)) return "clear";
  if (run.echo === "mask") return "secret";
  return run.hasRested && run.echo === "none" && !mayEchoLate(run) ? "secret" : "open";
}

function mayEchoLate({ field, before }: PasswordRun): boolean {
  return field.needsMask || field.isFramed || before.alternate;
}

/** Looks at the screen after more was printed. */
export function lookAt(run: PasswordRun, now: Screen, printed: Uint8Array, t_ms: number): Verdict {
  if (run.printed.length <= MOST_PRINTED) run.printed += printedText(printed);
  noteScreen(run, now);
  run.lastStirMs = t_ms;
  run.isPrinted ||= isPrintedAtEnd(run, printed);
  if (run.echo === "self" && !run.isPrinted) return "clear";
  if (run.end === null && isEchoedFirst(run)) return "clear";
  return run.end === null ? "open" : judgeReaction(run, printed, t_ms);
}

function noteScreen(run: PasswordRun, now: Screen): void {
  run.echo = echoOf(run.field, run.before, now, run.typed);
  const isEditor = run.end === null && run.before.alternate;
  if (isEditor && run.echo === "none" && hasCursorMoved(run.field, now)) run.echo = "other";
  const row = answeredRow(run.field, now);
  run.isAnswered = row !== -1;
  run.isErased = row === -1 && countSigns(now) < countSigns(run.before);
  run.isBelow = now.cursor.Row > row;
  run.sawMask ||= run.echo === "mask" || isMaskPrinted(run);
  run.hasLeft ||= run.before.alternate && !now.alternate;
}

/** Judges a run after something was printed that follows its end. */
function judgeReaction(run: PasswordRun, printed: Uint8Array, t_ms: number): Verdict {
  // Sequences alone prepare a terminal, mostly for what is drawn next.
  if (!run.hasReacted && !run.hasLeft && printedText(printed) === "") return "open";
  if (!run.hasReacted && isEchoedFirst(run)) return "clear";
  run.hasReacted = true;
  run.sawLineFeed ||= printed.includes(0x0a) && !run.before.alternate;
  return run.sawLineFeed || t_ms - run.endedMs >= run.restMs ? judgeEnded(run) : "open";
}

/** Judges a run before something else happens. */
export function judgeBefore(run: PasswordRun, t_ms: number, mayGoOn: boolean): Verdict {
  if (run.end !== null) return run.hasReacted || !mayGoOn ? judgeEnded(run) : "open";
  if (mayGoOn && t_ms - run.lastStirMs < run.restMs) return isUnmasked(run) ? "clear" : "open";
  return judgeAtRest(run, mayGoOn);
}

function judgeAtRest(run: PasswordRun, mayGoOn: boolean): Verdict {
  if (isHiding(run.echo)) {
    run.hasRested = true;
    return mayGoOn ? "open" : judgeWithoutEnd(run);
  }
  return run.echo === "self" ? "clear" : judgeWithoutEnd(run);
}

/** Whether the last key did something else than a mask, of which nothing was seen. A screen that is half drawn proves nothing. */
function isUnmasked({ echo, sawMask, isErased }: PasswordRun): boolean {
  return echo === "other" && !sawMask && !isErased;
}

function countSigns({ text }: Screen): number {
  return text.join("").replaceAll(" ", "").length;
}

/** Whether a mask of all keys was printed, which no screen need show: what a slow program draws after the end may come in the same read. */
function isMaskPrinted({ printed, typed, before }: PasswordRun): boolean {
  const mask = findMask(printed, [...typed].length);
  return mask !== null && !before.text.some((row) => row.includes(mask));
}

/** Whether the first text that is printed are the keys, or the first of them: the field may vanish in the same read. */
function isEchoedFirst({ typed, isPrinted, sawMask, printed }: PasswordRun): boolean {
  if (isPrinted || sawMask || printed === "" || !isClear(printed)) return false;
  return printed.startsWith(typed.trimEnd()) || typed.startsWith(printed);
}

function isHiding(echo: Echo): boolean {
  return echo === "none" || echo === "mask";
}

/**
 * Whether a dialog prints the keys when it ends, as `dialog` does in the place of its field. What it echoes it draws in the
 * field's colours, sign by sign.
 */
export function isPrintedAtEnd({ end, field, typed }: PasswordRun, printed: Uint8Array): boolean {
  if (end === null || !field.isFramed || typed.length < FEWEST_KEYS) return false;
  return Buffer.from(printed.buffer, printed.byteOffset, printed.length).includes(typed);
}

/** The field was left. */
function judgeEnded(run: PasswordRun): Verdict {
  if (run.typed.trim() === "" || (run.echo === "self" && !run.isPrinted)) return "clear";
  if (run.sawMask) return "secret";
  if (isErasedByUser(run) && !run.hasRested) return "clear";
  return run.field.needsMask || isDrawnElsewhere(run) || isDrawnInField(run) ? "clear" : "secret";
}

/** Whether the line was empty when it ended: Ctrl+U erases what was typed. */
function isErasedByUser({ keys, end }: PasswordRun): boolean {
  return end === "line" && /\x15[\x00-\x1f\x7f]*$/.test(keys);
}

/**
 * Whether something was drawn in an empty row below what looks like a prompt, as a shell draws its own prompt below the output of
 * a command. Below a prompt for a secret stays an empty row until the line ends.
 */
function isDrawnInField({ field, printed }: PasswordRun): boolean {
  if (field.otherRows.length === 0 || field.isFramed) return false;
  const [drawn = ""] = printed.split("\n");
  return /[\p{L}\p{N}]/u.test(drawn);
}

/** Whether an editor or a pager, of which a row looks like a prompt, has drawn something since. A few quick keys are its commands. */
function isDrawnElsewhere(run: PasswordRun): boolean {
  const { before, field, hasLeft, hasRested, isAnswered, isBelow } = run;
  if (!before.alternate || field.isFramed) return false;
  if (!hasRested && ([...run.typed].length < FEWEST_KEYS || COMMANDS.test(run.keys))) return true;
  if (hasLeft) return false;
  return isAnswered ? !isBelow : !hasRested;
}

/** The program continued by itself, or ended. */
function judgeWithoutEnd(run: PasswordRun): Verdict {
  if ([...run.typed].length < FEWEST_KEYS || (run.before.alternate && !run.sawMask)) return "clear";
  return run.hasRested || run.isAnswered ? judgeEnded(run) : "clear";
}
