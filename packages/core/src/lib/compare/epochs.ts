import { CassetteError, type EmulatorFactory, type InputRecord, type Screen } from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import { type ComparedScreen, comparedScreen } from "./compare-screens.js";
import { type InputStep, inputTrace, inputWords } from "./input-step.js";

/** The parts of a cassette that a comparison needs. */
export type Recording = Pick<Cassette, "manifest" | "final" | "events" | "bytes">;

/** The time from one input to the next. The first one ends with the first input. */
export interface Epoch {
  /** The input that begins it; null for the first epoch. */
  input: InputStep | null;
  /** The input in a form that can be joined with others. */
  trace: string;
  /** Whether anything was printed in it. */
  isPrinted: boolean;
  /** The screen at its end. */
  screen: ComparedScreen;
}

/** Called at each moment at which the screen may have changed within an epoch. */
type OnMoment = (epoch: number, screen: () => ComparedScreen) => void;

/** Options of {@link readEpochs}. */
export interface EpochOptions {
  createEmulator: EmulatorFactory;
  onMoment?: OnMoment;
  mask?: (screen: Screen) => Screen;
  signal?: AbortSignal;
}

/** Cells that any recording may have read, some three seconds' worth, and cells that each of its records adds: a screen of 120×270. */
const CELL_ALLOWANCE = 2 ** 25;
const CELLS_PER_RECORD = 2 ** 15;

/**
 * Draws a recording and takes its screen before each input and at the end.
 * @throws CassetteError `CASSETTE_DRAWING_TOO_COSTLY` where inputs follow so closely on screens so large that reading
 * their cells is out of proportion to the recording; `signal.reason` when aborted; whatever the emulator throws.
 */
export async function readEpochs(
  recording: Recording,
  { createEmulator, onMoment, mask = (screen) => screen, signal }: EpochOptions,
): Promise<Epoch[]> {
  const { initial_rows, initial_cols, emulator: named } = recording.manifest.terminal;
  let size = { rows: initial_rows, cols: initial_cols };
  const emulator = createEmulator(size, named);
  /** What was taken since anything changed. */
  let taken: ComparedScreen | null = null;
  let [records, cellsRead] = [0, 0];
  const take = () => {
    cellsRead += size.rows * size.cols;
    if (cellsRead > CELL_ALLOWANCE + CELLS_PER_RECORD * records) throw tooManyCells(records);
    return comparedScreen(mask(emulator.snapshot({ cells: true })));
  };
  const screen = () => (taken ??= take());
  const epochs: Epoch[] = [];
  let current = { input: null as InputStep | null, trace: "", isPrinted: false };
  let momentMs = 0;
  try {
    for await (const event of recording.events({ kinds: ["input", "output"] })) {
      signal?.throwIfAborted();
      records++;
      if (event.t_ms !== momentMs) onMoment?.(epochs.length, screen);
      momentMs = event.t_ms;
      if (event.kind === "output") {
        taken = null;
        await emulator.feed(await recording.bytes(event.record));
        // No program receives the replies.
        emulator.takeReplies();
        current.isPrinted = true;
      } else if (event.kind === "input") {
        const trace = inputTrace(event.record);
        if (trace === null) continue;
        epochs.push({ ...current, screen: screen() });
        current = { input: stepOf(event.record, epochs.length), trace, isPrinted: false };
        if (event.record.size) {
          taken = null;
          size = { rows: event.record.size.Rows, cols: event.record.size.Cols };
          emulator.resize(size);
        }
      }
    }
    epochs.push({ ...current, screen: screen() });
    return epochs;
  } finally {
    emulator.close();
  }
}

function stepOf(record: InputRecord, number: number): InputStep {
  return { number, seq: record.seq, t_ms: record.t_ms, what: inputWords(record) };
}

function tooManyCells(records: number): CassetteError {
  return new CassetteError(
    "CASSETTE_DRAWING_TOO_COSTLY",
    `Comparing stopped after ${records} records: screens as large as these change at too many of them.`,
  );
}
