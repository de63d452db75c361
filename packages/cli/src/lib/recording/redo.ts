import { type Cassette, type Epoch, readEpochs, readMarks } from "@cassette/core/reader";
import { CassetteError, type InputRecord, isCassetteError } from "@cassette/format";
import { encodeKey } from "@cassette/format/session";
import { createXtermEmulator } from "@cassette/frames";
import { createScrubber } from "@cassette/scrub";
import type { KnownScreen } from "./live-screen.js";
import type { Typist, TypistTerminal } from "./run-session.js";

/** A screen that rests this long will not become what it was, and is answered all the same: the comparison will show it. */
const REST_MS = 1_000;
/** As one that never rests is. */
const LONGEST_WAIT_MS = 10_000;

/** Something that was done to the program, or noted. */
type Deed = { seq: number } & ({ mark: string } | { record: InputRecord; before: Epoch });

/**
 * Does again what was done to a recorded program: each input once the screen shows what it showed then, up to what changes
 * from run to run, or has come to rest.
 * @param dir where the recording stands, for errors.
 * @throws CassetteError CASSETTE_INPUT_UNKNOWN before anything is started.
 */
export async function createRedo(cassette: Cassette, dir: string): Promise<Typist> {
  const deeds = await readDeeds(cassette, dir);
  const { normalise } = createScrubber();
  const lastMs = deeds.reduce((ms, deed) => ("record" in deed ? deed.record.t_ms : ms), 0);
  return {
    file: dir,
    graceMs: cassette.final.t_ms - lastMs + LONGEST_WAIT_MS,
    async run(terminal, signal) {
      for (const deed of deeds) {
        signal.throwIfAborted();
        if ("mark" in deed) {
          await terminal.mark(deed.mark);
          continue;
        }
        await terminal.screen.waitFor(asBefore(deed.before, normalise), signal);
        if (!(await redo(deed.record, terminal))) return;
      }
    },
  };
}

async function readDeeds(cassette: Cassette, dir: string): Promise<Deed[]> {
  const epochs = await readEpochs(cassette, { createEmulator: createXtermEmulator });
  const marks = await readMarks(cassette);
  const deeds: Deed[] = marks.map(({ seq, label }) => ({ seq, mark: label }));
  for await (const record of cassette.inputs()) {
    if (record.answer) continue;
    if (record.withheld || record.masked) throw unknownInput(dir, record.seq);
    const before = epochs.shift();
    if (before) deeds.push({ seq: record.seq, record, before });
  }
  return deeds.sort((a, b) => a.seq - b.seq);
}

function asBefore({ screen }: Epoch, normalise: (text: string) => string): KnownScreen {
  const wanted = screen.text.map(normalise);
  const isWanted = (rows: readonly string[]) =>
    rows.length === wanted.length &&
    rows.every((row, index) => row === screen.text[index] || normalise(row) === wanted[index]);
  return { kind: "known", isKnown: isWanted, settledMs: REST_MS, timeoutMs: LONGEST_WAIT_MS };
}

/** @returns false when the program has ended before it. */
async function redo(
  { kind, bytes, key, size, signal }: InputRecord,
  { session }: TypistTerminal,
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
    "What was typed there was withheld or masked, so it cannot be typed again.",
    { file, seq, hint: "Record with --script FILE, whose step `secret: NAME` types a variable's value." },
  );
}
