import { type Cassette, readMarks } from "@cassette/core/reader";
import { CassetteError, type InputRecord, isCassetteError } from "@cassette/format";
import { checkSize, encodeKey } from "@cassette/format/session";
import { createScrubber } from "@cassette/scrub";
import { screensOf } from "../play/screens-of.js";
import type { KnownScreen, LiveScreen } from "./live-screen.js";
import type { InputSource, InputTarget } from "./run-session.js";

/**
 * A screen that rests for so much longer than the program took to print will not become what it was, and is answered all the
 * same: the comparison will show it.
 */
const REST_MS = 3_000;
/** As one that never rests is, and one on which nothing is printed. */
const LONGEST_WAIT_MS = 10_000;

/** Something that was done to the program, or noted. */
interface Deed {
  what: { mark: string } | InputRecord;
  /** The screen before it. */
  rows: readonly string[];
  /** For how long the program had printed since the input before; null if it had not. */
  printedMs: number | null;
}

/**
 * Does again what was done to a recorded program: each input once the screen shows what it showed then, up to what changes
 * from run to run, or has come to rest.
 * @param dir path of the recording, for errors.
 * @throws CassetteError CASSETTE_INPUT_UNKNOWN, CASSETTE_SIZE_INVALID before anything is started.
 */
export async function createInputReplay(cassette: Cassette, dir: string): Promise<InputSource> {
  const deeds = await readDeeds(cassette, dir);
  const { normalise } = createScrubber();
  const lastMs = deeds.reduce((ms, { what }) => ("mark" in what ? ms : what.t_ms), 0);
  return {
    file: dir,
    graceMs: cassette.final.t_ms - lastMs + LONGEST_WAIT_MS,
    async run({ session, screen, mark }, signal) {
      const awaitScreen = createScreenWait(screen, normalise);
      for (const deed of deeds) {
        await awaitScreen(deed, signal);
        const { what } = deed;
        if ("mark" in what) await mark(what.mark);
        else {
          screen.touched();
          if (!(await redo(what, session))) return;
        }
      }
    },
  };
}

async function readDeeds(cassette: Cassette, dir: string): Promise<Deed[]> {
  const marks = new Map((await readMarks(cassette)).map(({ seq, label }) => [seq, label]));
  const screens = screensOf(cassette);
  const deeds: Deed[] = [];
  let inputMs = 0;
  let printedMs: number | null = null;
  try {
    for await (const { seq, t_ms, kind, record } of cassette.events({
      kinds: ["input", "output", "service-event"],
    })) {
      if (kind === "output") printedMs = t_ms - inputMs;
      const mark = marks.get(seq);
      if ((kind !== "input" || record.answer) && mark === undefined) continue;
      if (kind === "input" && (record.withheld || record.masked)) throw unknownInput(dir, seq);
      const { text: rows } = (await screens.at({ seq: seq - 1 })).screen;
      if (mark !== undefined) deeds.push({ what: { mark }, rows, printedMs });
      if (kind !== "input") continue;
      if (record.size) checkSize({ rows: record.size.Rows, cols: record.size.Cols });
      deeds.push({ what: record, rows, printedMs });
      inputMs = t_ms;
      printedMs = null;
    }
    return deeds;
  } finally {
    screens.close();
  }
}

/** Waits for recorded screens, one after another. */
function createScreenWait(
  screen: LiveScreen,
  normalise: (text: string) => string,
): (deed: Deed, signal: AbortSignal) => Promise<void> {
  const isSame = (a?: string, b?: string) =>
    a !== undefined && b !== undefined && (a === b || normalise(a) === normalise(b));
  let earlier: { wanted: readonly string[]; shown: readonly string[] } = { wanted: [], shown: [] };

  /** A row that has differed before is not waited for again, as long as it neither has changed nor had then. */
  const isExpected = (wanted: readonly string[], shown: string, row: number) =>
    isSame(shown, wanted[row]) ||
    (isSame(wanted[row], earlier.wanted[row]) && isSame(shown, earlier.shown[row]));

  return async ({ rows, printedMs }, signal) => {
    const known: KnownScreen = {
      kind: "known",
      isKnown: (shown) =>
        shown.length === rows.length && shown.every((text, row) => isExpected(rows, text, row)),
      isOutputDue: printedMs !== null,
      settledMs: REST_MS + (printedMs ?? 0),
      timeoutMs: LONGEST_WAIT_MS + 2 * (printedMs ?? 0),
    };
    await screen.waitFor(known, signal);
    signal.throwIfAborted();
    earlier = { wanted: rows, shown: await screen.rows() };
  };
}

/** @returns false when the program has ended before it. */
async function redo(
  { kind, bytes, key, size, signal }: InputRecord,
  session: InputTarget["session"],
): Promise<boolean> {
  try {
    if (kind === "resize" && size) await session.resize({ rows: size.Rows, cols: size.Cols });
    else if (kind === "signal" && signal) await session.signal(signal);
    else if (key !== undefined && isKey(key)) await session.sendKey(key);
    else if (bytes) await session.send(bytes);
    return true;
  } catch (error) {
    if (isCassetteError(error, "CASSETTE_SESSION_CLOSED")) return false;
    throw error;
  }
}

/** Another writer may have names of its own. */
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
