import type { EmulatorFactory, InputRecord } from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import { type ComparedScreen, comparedScreen } from "./compare-screens.js";
import { type InputStep, inputTrace, inputWords } from "./input-step.js";

/** What is needed of a cassette to compare it. */
export type Recording = Pick<Cassette, "manifest" | "final" | "events" | "bytes">;

/** The time from one input to the next. The first one lasts until anything is done at all. */
export interface Epoch {
  /** What it begins with; null for the first. */
  input: InputStep | null;
  /** The input as it can be put together with others. */
  trace: string;
  /** Whether anything was printed in it. */
  isPrinted: boolean;
  /** What the screen became. */
  screen: ComparedScreen;
}

/** Called at each moment at which the screen may have changed within an epoch. */
type OnMoment = (epoch: number, screen: () => ComparedScreen) => void;

/** How the epochs of a recording are found. */
export interface EpochOptions {
  createEmulator: EmulatorFactory;
  onMoment?: OnMoment;
  signal?: AbortSignal;
}

/** Draws a recording and takes its screen before each input and at the end. */
export async function readEpochs(
  recording: Recording,
  { createEmulator, onMoment, signal }: EpochOptions,
): Promise<Epoch[]> {
  const { initial_rows: rows, initial_cols: cols, emulator: named } = recording.manifest.terminal;
  const emulator = createEmulator({ rows, cols }, named);
  /** What was taken since anything changed. */
  let taken: ComparedScreen | null = null;
  const screen = () => (taken ??= comparedScreen(emulator.snapshot({ cells: true })));
  const epochs: Epoch[] = [];
  let current = { input: null as InputStep | null, trace: "", isPrinted: false };
  let momentMs = 0;
  try {
    for await (const event of recording.events({ kinds: ["input", "output"] })) {
      signal?.throwIfAborted();
      if (event.t_ms !== momentMs) onMoment?.(epochs.length, screen);
      momentMs = event.t_ms;
      if (event.kind === "output") {
        taken = null;
        await emulator.feed(await recording.bytes(event.record));
        // No program is there to receive replies.
        emulator.takeReplies();
        current.isPrinted = true;
      } else if (event.kind === "input") {
        const trace = inputTrace(event.record);
        if (trace === null) continue;
        epochs.push({ ...current, screen: screen() });
        current = { input: stepOf(event.record, epochs.length), trace, isPrinted: false };
        const { size } = event.record;
        if (size) {
          taken = null;
          emulator.resize({ rows: size.Rows, cols: size.Cols });
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
