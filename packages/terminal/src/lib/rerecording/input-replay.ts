import { type Cassette, readMarks } from "@cassette/core/reader";
import { CassetteError, type CassetteEvent, type InputRecord, isCassetteError } from "@cassette/format";
import { checkSize, encodeKey } from "@cassette/format/session";
import { createScrubber } from "@cassette/scrub";
import type { InputSource } from "../recording/options.js";
import { screensOf } from "../screens/screens-of.js";
import type { Condition } from "../terminal/condition.js";
import type { Terminal } from "../terminal/terminal.js";

/**
 * A screen that stays settled this much longer than the program took to print will not become the recorded one; the input is
 * sent anyway, and the comparison shows the difference.
 */
const REST_MS = 3_000;
/** The same limit for a screen that never settles, or on which nothing is printed. */
const LONGEST_WAIT_MS = 10_000;

/** An input, or a mark. */
interface RecordedAction {
  what: { mark: string } | InputRecord;
  /** The screen before this input. */
  rows: readonly string[];
  /** For how long the program printed since the previous input; null if it did not. */
  printedMs: number | null;
}

/**
 * Replays the input of a recording: each input once the screen shows what it showed then, except what changes
 * from run to run, or has settled.
 * @param dir path of the recording, for errors.
 * @throws CassetteError CASSETTE_INPUT_UNKNOWN, CASSETTE_SIZE_INVALID before anything is started.
 */
export async function createInputReplay(cassette: Cassette, dir: string): Promise<InputSource> {
  const actions = await readActions(cassette, dir);
  const { normalise } = createScrubber();
  const lastMs = actions.reduce((ms, { what }) => ("mark" in what ? ms : what.t_ms), 0);
  return {
    file: dir,
    graceMs: cassette.final.t_ms - lastMs + LONGEST_WAIT_MS,
    async run(terminal, signal) {
      const awaitScreen = createScreenWait(terminal, normalise);
      for (const action of actions) {
        await awaitScreen(action, signal);
        const { what } = action;
        if ("mark" in what) await terminal.mark(what.mark);
        else if (!(await repeat(what, terminal))) return;
      }
    },
  };
}

async function readActions(cassette: Cassette, dir: string): Promise<RecordedAction[]> {
  const marks = new Map((await readMarks(cassette)).map(({ seq, label }) => [seq, label]));
  const screens = screensOf(cassette);
  const actions: RecordedAction[] = [];
  let inputMs = 0;
  let printedMs: number | null = null;
  try {
    for await (const event of cassette.events({ kinds: ["input", "output", "service-event"] })) {
      const { seq, t_ms, kind } = event;
      if (kind === "output") printedMs = t_ms - inputMs;
      const what = actionOf(event, marks.get(seq));
      if (what === null) continue;
      if (kind === "input") checkRepeatable(event.record, dir);
      const { text: rows } = (await screens.at({ seq: seq - 1 })).screen;
      actions.push({ what, rows, printedMs });
      if (kind !== "input") continue;
      inputMs = t_ms;
      printedMs = null;
    }
    return actions;
  } finally {
    screens.close();
  }
}

function actionOf({ kind, record }: CassetteEvent, mark: string | undefined): RecordedAction["what"] | null {
  if (mark !== undefined) return { mark };
  return kind === "input" && !record.answer ? record : null;
}

/** @throws CassetteError CASSETTE_INPUT_UNKNOWN, CASSETTE_SIZE_INVALID. */
function checkRepeatable({ seq, withheld, masked, size }: InputRecord, dir: string): void {
  if (withheld || masked) throw unknownInput(dir, seq);
  if (size) checkSize({ rows: size.Rows, cols: size.Cols });
}

/** Waits for recorded screens, one after another. */
function createScreenWait(
  terminal: Terminal,
  normalise: (text: string) => string,
): (action: RecordedAction, signal: AbortSignal) => Promise<void> {
  const isSame = (a?: string, b?: string) =>
    a !== undefined && b !== undefined && (a === b || normalise(a) === normalise(b));
  let earlier: { wanted: readonly string[]; shown: readonly string[] } = { wanted: [], shown: [] };

  /** A row that differed before is not waited for again, as long as it changed neither now nor in the recording. */
  const isExpected = (wanted: readonly string[], shown: string, row: number) =>
    isSame(shown, wanted[row]) ||
    (isSame(wanted[row], earlier.wanted[row]) && isSame(shown, earlier.shown[row]));

  return async ({ rows, printedMs }, signal) => {
    const isKnown = (shown: readonly string[]) =>
      shown.length === rows.length && shown.every((text, row) => isExpected(rows, text, row));
    const timeoutMs = LONGEST_WAIT_MS + 2 * (printedMs ?? 0);
    await terminal.wait(knownScreen(isKnown, printedMs), { timeoutMs, signal });
    signal.throwIfAborted();
    earlier = { wanted: rows, shown: (await terminal.screen()).text };
  };
}

/** Met by the recorded screen, or by one that has settled for so long that it will not become that screen. */
function knownScreen(isKnown: (rows: readonly string[]) => boolean, printedMs: number | null): Condition {
  const settledMs = REST_MS + (printedMs ?? 0);
  return {
    name: "the recorded screen",
    async look({ screen, quietMs, isPrinted, isOver }) {
      if (isOver || isKnown((await screen()).text)) return "met";
      // Until it prints something after the last input, the program is still working.
      if (printedMs !== null && !isPrinted) return { afterMs: Number.POSITIVE_INFINITY };
      return quietMs >= settledMs ? "met" : { afterMs: settledMs - quietMs };
    },
  };
}

/** @returns false when the program has ended before it. */
async function repeat(input: InputRecord, terminal: Terminal): Promise<boolean> {
  try {
    await send(input, terminal);
    return true;
  } catch (error) {
    if (isCassetteError(error, "CASSETTE_SESSION_CLOSED")) return false;
    throw error;
  }
}

async function send({ kind, bytes, key, size, signal }: InputRecord, terminal: Terminal): Promise<void> {
  if (kind === "resize" && size) await terminal.resize({ rows: size.Rows, cols: size.Cols });
  else if (kind === "signal" && signal) await terminal.signal(signal);
  else if (key !== undefined && isKey(key)) await terminal.press(key);
  else if (bytes) await terminal.send(bytes);
}

/** Another writer may name keys differently. */
function isKey(name: string): boolean {
  try {
    return encodeKey(name).key === name;
  } catch {
    return false;
  }
}

function unknownInput(file: string, seq: number): CassetteError {
  return new CassetteError(
    "CASSETTE_INPUT_UNKNOWN",
    "This input was withheld or masked, so it cannot be typed again.",
    { file, seq, hint: "Record with --script FILE, whose step `secret: NAME` types a variable's value." },
  );
}
