import type { TerminalSize } from "@cassette/format";
import type { RecordHooks, RecordingOutcome } from "@cassette/terminal";
import type { WidthPolicy } from "@cassette/terminal/parts";
import { describeUnmasked } from "@cassette/terminal/scrubbing";
import { escapeText, screenText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { shellWord } from "../../output/shell-word.js";
import type { UserTerminal } from "../../recording/attached-terminal.js";
import { keptSpoolText } from "../../recording/kept-spool.js";
import { DEFAULT_MARK_KEY } from "../../recording/mark-key.js";
import { createProgressLine } from "../../sealing/progress.js";
import { redactionsIn } from "../../sealing/redactions.js";
import { signalStatus } from "../../signals.js";
import type { RecordOptions } from "./record-options.js";

/** Prints on standard error what a user sees of a recording. */
export interface Reporter {
  /** @param problem why the terminal's modes cannot be read; null if they can. */
  withholding(problem: string | null): void;
  endedAtOnce(): void;
  warn(sentence: string): void;
  hooks(size: TerminalSize): Pick<RecordHooks, "onStarted" | "onFailedInput" | "onKept" | "onProgress">;
  clearProgress(): void;
  recorded(outcome: RecordingOutcome): void;
  /** @param file path of the script. */
  savedScript(file: string): void;
  /** What the user should know of a finished recording. */
  notes(outcome: RecordingOutcome, refusedEvents: number): void;
}

/** Describes a recording to its reporter. */
export interface ReporterOptions {
  target: string;
  program: string;
  options: Pick<RecordOptions, "quiet" | "markKey" | "widths">;
  streams: Streams;
  userTerminal?: UserTerminal;
}

/** Makes the reporter of a recording. */
export function createReporter({
  target,
  program,
  options,
  streams: { stderr },
  userTerminal,
}: ReporterOptions): Reporter {
  const { quiet } = options;
  const progress = createProgressLine(stderr);
  const print = (line: string): void => void stderr.write(`${line}\n`);
  return {
    withholding(problem) {
      if (problem !== null && !quiet) print(`Input will be withheld: ${problem}.`);
    },
    endedAtOnce: () => print(`Ended at once. Next: cassette recover ${shellWord(target)}`),
    warn: (sentence) => print(`warning: ${sentence}`),
    hooks: ({ cols }) => ({
      onStarted() {
        if (!quiet && stderr.isTTY) print(announcement(program, options, userTerminal));
      },
      onFailedInput: (rows) => print(`The last screen:\n${framed(rows, cols)}`),
      onKept(spool) {
        progress.clear();
        print(keptSpoolText(spool));
      },
      onProgress: quiet ? undefined : progress.update,
    }),
    clearProgress: progress.clear,
    recorded(outcome) {
      if (!quiet) print(summary(target, outcome));
    },
    savedScript(file) {
      const next = `cassette script ${shellWord(target)} --scenario`;
      if (!quiet) print(`${escapeText(file)} records it again with --script. For a test: ${next}`);
    },
    notes({ unmasked, isUnreadable, cursorDifferences }, refusedEvents) {
      if (!quiet && unmasked.length > 0) print(escapeText(describeUnmasked(unmasked)));
      if (isUnreadable) print(UNREADABLE);
      if (cursorDifferences > 0) print(otherColumns(cursorDifferences, options.widths));
      if (refusedEvents > 0) print(refusal(refusedEvents));
    },
  };
}

/** The exit status of a shell that ran the program. */
export function programStatus({ exit }: RecordingOutcome): number {
  return exit.signal === null ? (exit.code ?? EXIT.failure) : signalStatus(exit.signal);
}

const UNREADABLE =
  "Input was withheld: `stty` could not read the terminal's modes, which show whether a password is typed. Next: cassette doctor";

/** What makes the two differ most often is how many columns an emoji takes. */
function otherColumns(count: number, widths: WidthPolicy = "unicode11"): string {
  const other = widths === "unicode11" ? "graphemes" : "unicode11";
  return `The terminal had its cursor in another column than the frames (${count}×). If emoji are the reason: --widths ${other}`;
}

function refusal(count: number): string {
  return count === 1
    ? "1 line of the service events is not JSON and was left out."
    : `${count} lines of the service events are not JSON and were left out.`;
}

function announcement(
  program: string,
  { markKey = DEFAULT_MARK_KEY }: RecordOptions,
  userTerminal?: UserTerminal,
): string {
  if (!userTerminal) return `Recording ${escapeText(program)} … Ctrl-C ends it.`;
  const mark = markKey === "none" ? "" : ` ${markKey} makes a mark.`;
  return `Recording ${escapeText(program)} until it ends.${mark}`;
}

function summary(target: string, outcome: RecordingOutcome): string {
  const { exit, bytes, durationMs, interrupted, report } = outcome;
  const how = exit.signal === null ? `exit ${exit.code}` : exit.signal;
  const why = interrupted ? ", interrupted" : exit.timedOut ? ", timed out" : "";
  const facts = `${(durationMs / 1_000).toFixed(1)} s, ${bytes} bytes, ${how}${why}, ${redactionsIn(report)}`;
  return `${escapeText(target)}: ${facts}. Next: cassette play ${shellWord(target)}`;
}

/** A screen between two rules, so that its blank rows are visible. */
function framed(rows: readonly string[], cols: number): string {
  const edge = "─".repeat(cols);
  return `${edge}\n${screenText(rows)}\n${edge}`;
}
