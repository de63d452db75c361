import type { Cassette } from "@cassette/core/reader";
import {
  CassetteError,
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
  const earlier: Earlier[] = [];
  let emulator = createEmulator({ rows, cols }, like);
  let size: TerminalSize = { rows, cols };
  let place: Place = { seq: 0, t_ms: 0 };
  try {
    for await (const event of cassette.events({ kinds: ["output", "input"] })) {
      signal?.throwIfAborted();
      const { seq, t_ms } = event;
      if (seq >= first.seq) break;
      if (event.kind === "output") {
        const state = seq >= keptFrom ? emulator.checkpoint?.() : null;
        if (state) earlier.push({ state, size, place });
        await emulator.feed(await cassette.bytes(event.record));
        emulator.takeReplies();
      } else if (event.kind === "input" && event.record.size) {
        size = { rows: event.record.size.Rows, cols: event.record.size.Cols };
        emulator.resize(size);
      }
      place = { seq, t_ms };
    }
    // Nothing is cut off: a new terminal needs no output.
    if (place.seq === 0) return { afterSeq: 0, size, output: new Uint8Array(), t_ms: first.t_ms };
    const output = await written(emulator);
    if (output) return { afterSeq: place.seq, size, output, t_ms: first.t_ms };
    for (let tried = earlier.pop(); tried !== undefined; tried = earlier.pop()) {
      emulator.close();
      emulator = tried.state.restore();
      const output = await written(emulator);
      if (output) return { afterSeq: tried.place.seq, size: tried.size, output, t_ms: tried.place.t_ms };
    }
  } finally {
    emulator.close();
  }
  throw new CassetteError("CASSETTE_CUT_INVALID", "No output gives a terminal the screen at that place.", {
    hint: "Cut earlier.",
  });
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
