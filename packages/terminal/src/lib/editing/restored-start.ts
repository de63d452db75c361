import type { Cassette } from "@cassette/core/reader";
import {
  CassetteError,
  type CassetteEvent,
  type Emulator,
  type EmulatorCheckpoint,
  type EmulatorFactory,
  type TerminalSize,
} from "@cassette/format";
import type { Place } from "./cut-places.js";

/** What a cut begins with. */
export interface RestoredStart {
  /** The last record that it stands for; 0 if the recording is cut at its end only. */
  afterSeq: number;
  size: TerminalSize;
  /** Output that gives a new terminal the state of that moment. */
  output: Uint8Array;
  /** Where the cut begins: earlier than asked where the state could not be written. */
  t_ms: number;
}

/** States that are tried before a cut moves no further. */
const MOST_TRIES = 64;

/** A state before a record of output. */
interface Earlier {
  state: EmulatorCheckpoint;
  size: TerminalSize;
  place: Place;
}

/** A recording that is drawn up to a cut. */
interface Drawing {
  emulator: Emulator;
  size: TerminalSize;
  /** The last record that was drawn. */
  place: Place;
  /** The first record before which the state is kept. */
  keptFrom: number;
  earlier: Earlier[];
}

/**
 * Draws a recording up to a cut, and writes the state there as output; where that cannot be done, the nearest earlier one.
 * @throws CassetteError CASSETTE_CUT_INVALID where none of the last states can be written; `signal.reason` when aborted.
 */
export async function restoreStart(
  cassette: Cassette,
  first: Place,
  createEmulator: EmulatorFactory,
  signal?: AbortSignal,
): Promise<RestoredStart> {
  const { initial_rows: rows, initial_cols: cols, emulator: like } = cassette.manifest.terminal;
  const keptFrom = await seqOfKeptStates(cassette, first.seq);
  const drawing: Drawing = {
    emulator: createEmulator({ rows, cols }, like),
    size: { rows, cols },
    place: { seq: 0, t_ms: 0 },
    keptFrom,
    earlier: [],
  };
  try {
    for await (const event of cassette.events({ kinds: ["output", "input"] })) {
      signal?.throwIfAborted();
      const { seq, t_ms } = event;
      if (seq >= first.seq) break;
      await draw(drawing, cassette, event);
      drawing.place = { seq, t_ms };
    }
    const { emulator, size, place } = drawing;
    // Nothing is cut off: a new terminal needs no output.
    if (place.seq === 0) return { afterSeq: 0, size, output: new Uint8Array(), t_ms: first.t_ms };
    const output = await written(emulator);
    const start = output
      ? { afterSeq: place.seq, size, output, t_ms: first.t_ms }
      : await earlierStart(drawing);
    if (start) return start;
  } finally {
    drawing.emulator.close();
  }
  throw new CassetteError("CASSETTE_CUT_INVALID", "No output gives a terminal the screen at that place.", {
    hint: "Cut earlier.",
  });
}

async function draw(
  drawing: Drawing,
  cassette: Cassette,
  { kind, seq, record }: CassetteEvent,
): Promise<void> {
  const { emulator, size, place, keptFrom, earlier } = drawing;
  if (kind === "output") {
    const state = seq >= keptFrom ? emulator.checkpoint?.() : null;
    if (state) earlier.push({ state, size, place });
    await emulator.feed(await cassette.bytes(record));
    emulator.takeReplies();
  } else if (kind === "input" && record.size) {
    drawing.size = { rows: record.size.Rows, cols: record.size.Cols };
    emulator.resize(drawing.size);
  }
}

/** The last kept state that can be written; null without one. */
async function earlierStart(drawing: Drawing): Promise<RestoredStart | null> {
  const { earlier } = drawing;
  for (let tried = earlier.pop(); tried !== undefined; tried = earlier.pop()) {
    drawing.emulator.close();
    drawing.emulator = tried.state.restore();
    const output = await written(drawing.emulator);
    if (output) return { afterSeq: tried.place.seq, size: tried.size, output, t_ms: tried.place.t_ms };
  }
  return null;
}

function written(emulator: Emulator): Promise<Uint8Array | null> {
  return emulator.asOutput?.() ?? Promise.resolve(null);
}

/** The `seq` of the first of the last records of output before a cut. */
async function seqOfKeptStates(cassette: Cassette, before: number): Promise<number> {
  const last: number[] = [];
  for await (const { seq } of cassette.outputs()) {
    if (seq >= before) break;
    last.push(seq);
    if (last.length > MOST_TRIES) last.shift();
  }
  return last[0] ?? 0;
}
