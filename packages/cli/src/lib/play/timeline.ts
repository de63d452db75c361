import { type Cassette, type Mark, readMarks } from "@cassette/core/reader";

/** When a recording's screen changed, and its marks. Times are `t_ms`. */
export interface Timeline {
  /** Distinct times of output or resizes, ascending. */
  moments: Float64Array;
  /** The `seq` of the last event at each of these times. */
  seqs: Float64Array;
  marks: readonly Mark[];
  /** The recording's length. */
  duration_ms: number;
}

/** Reads the timeline of a cassette: sixteen bytes a moment. */
export async function readTimeline(cassette: Cassette): Promise<Timeline> {
  let moments = new Float64Array(1_024);
  let seqs = new Float64Array(1_024);
  let count = 0;
  for await (const event of cassette.events({ kinds: ["output", "input"] })) {
    if (event.kind === "input" && !event.record.size) continue;
    if (count === 0 || moments[count - 1] !== event.t_ms) count++;
    if (count > moments.length) [moments, seqs] = [enlarged(moments), enlarged(seqs)];
    moments[count - 1] = event.t_ms;
    seqs[count - 1] = event.seq;
  }
  const marks = cassette.counts["service-event"] > 0 ? await readMarks(cassette) : [];
  return {
    moments: moments.subarray(0, count),
    seqs: seqs.subarray(0, count),
    marks,
    duration_ms: cassette.final.t_ms,
  };
}

/** The timeline of a recording of which only the length is known. */
export function emptyTimeline(duration_ms: number): Timeline {
  return { moments: new Float64Array(), seqs: new Float64Array(), marks: [], duration_ms };
}

function enlarged(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}

/** The `seq` of the last event not after a time; 0 before the first. */
export function seqAt({ moments, seqs }: Timeline, t_ms: number): number {
  return seqs[countUntil(moments, t_ms) - 1] ?? 0;
}

/** The first moment after a time; undefined after the last. */
export function nextMoment({ moments }: Timeline, t_ms: number): number | undefined {
  return moments[countUntil(moments, t_ms)];
}

/** The last moment not after a time; undefined before the first. */
export function momentAt({ moments }: Timeline, t_ms: number): number | undefined {
  return moments[countUntil(moments, t_ms) - 1];
}

/** The last moment before the one shown at a time; undefined if there is none. */
export function previousMoment({ moments }: Timeline, t_ms: number): number | undefined {
  return moments[countUntil(moments, t_ms) - 2];
}

function countUntil(moments: Float64Array, t_ms: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? Number.POSITIVE_INFINITY) <= t_ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
