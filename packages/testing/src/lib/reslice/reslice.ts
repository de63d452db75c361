import { type Cassette, openCassette } from "@cassette/core/reader";
import type { CassetteEvent, InputRecord, OutputRecord } from "@cassette/format";
import { cutsOf, type Split } from "./cuts.js";
import { createRandom, type Random } from "./random.js";

/** Options of {@link reslice}. */
export interface ResliceOptions {
  /** The same seed gives the same slices. Default: 0. */
  seed?: number;
  /** Default "any": pieces of all lengths, some cut inside characters and escape sequences, some joined. */
  split?: Split;
}

/** One step of a recording: a piece of output, or an input (also a resize). */
export type Slice =
  | { kind: "output"; t_ms: number; bytes: Uint8Array }
  | { kind: "input"; t_ms: number; record: InputRecord };

/** Neighbouring reads are joined up to this many bytes before they are cut again. */
const JOINED = 64 * 1024;

/**
 * Delivers a recording in other pieces: the bytes and their order relative to inputs and resizes are the same, only where one
 * read ends and the next begins differs. For testing a parser of terminal output.
 * @param recording an open cassette, or the path of one.
 * @throws the errors of opening and reading the cassette.
 */
export async function* reslice(
  recording: Pick<Cassette, "events" | "bytes"> | string,
  { seed = 0, split = "any" }: ResliceOptions = {},
): AsyncGenerator<Slice, void> {
  if (typeof recording !== "string") return yield* slices(recording, split, createRandom(seed));
  await using cassette = await openCassette(recording);
  yield* slices(cassette, split, createRandom(seed));
}

async function* slices(
  cassette: Pick<Cassette, "events" | "bytes">,
  split: Split,
  random: Random,
): AsyncGenerator<Slice, void> {
  let joined: { t_ms: number; pieces: Uint8Array[]; length: number } | null = null;
  for await (const event of cassette.events()) {
    const output = outputOf(event);
    if (output) {
      joined ??= { t_ms: event.t_ms, pieces: [], length: 0 };
      joined.pieces.push(await cassette.bytes(output));
      joined.length += output.length;
    }
    if (joined && (joined.length >= JOINED || endsOutput(event))) {
      for (const bytes of sliced(Buffer.concat(joined.pieces), split, random))
        yield { kind: "output", t_ms: joined.t_ms, bytes };
      joined = null;
    }
    if (event.kind === "input") yield { kind: "input", t_ms: event.t_ms, record: event.record };
  }
}

/**
 * Cuts bytes into pieces.
 * @param options as for {@link reslice}.
 */
export function resliceBytes(
  bytes: Uint8Array,
  { seed = 0, split = "any" }: ResliceOptions = {},
): Uint8Array[] {
  return sliced(bytes, split, createRandom(seed));
}

/** Frames and service events in between are not part of the program's output. */
function endsOutput({ kind }: CassetteEvent): boolean {
  return kind === "input" || kind === "final";
}

function outputOf(event: CassetteEvent): OutputRecord | null {
  return event.kind === "output" ? event.record : null;
}

function sliced(bytes: Uint8Array, split: Split, random: Random): Uint8Array[] {
  if (bytes.length === 0) return [];
  const ends = [...cutsOf(bytes, split, random), bytes.length];
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}
