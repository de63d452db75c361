/** Bytes kept before and after a sequence's last introducer; the rest is cut. */
export const LONGEST_SEQUENCE = 4_096;

/**
 * An unfinished sequence kept from one call to the next. Others, broken off, may precede it: `aborted`
 * ends at the last introducer.
 */
export interface PartialSequence {
  readonly kept: Uint8Array;
  readonly aborted: number;
}

/** Nothing is held. */
export const NO_PARTIAL_SEQUENCE: PartialSequence = { kept: new Uint8Array(0), aborted: 0 };

/** Joins the kept bytes with the next ones, cut to size. `aborted` counts from the first byte of both together. */
export function joinPartialSequence(
  held: PartialSequence,
  more: Uint8Array,
  aborted: number,
): PartialSequence {
  if (aborted === held.aborted && held.kept.length - aborted >= LONGEST_SEQUENCE) return held;
  return cut(concat(held.kept, more), aborted);
}

/** Cuts a sequence to size, before and after its last introducer. */
function cut(sequence: Uint8Array, aborted: number): PartialSequence {
  const before = Math.min(aborted, LONGEST_SEQUENCE);
  const after = sequence.subarray(aborted, aborted + LONGEST_SEQUENCE);
  if (before + after.length === sequence.length) return { kept: sequence, aborted };
  return { kept: concat(sequence.subarray(0, before), after), aborted: before };
}

/** The bytes of both, in a new array unless one is empty. */
export function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

/** A terminal's reads are shorter. */
const MOST_JOINED = 131_072;

/** Joins bytes in a reused buffer: allocating costs more than copying. */
export interface Joiner {
  /** The bytes of both; valid until the next call, unless one is empty. */
  join(first: Uint8Array, second: Uint8Array): Uint8Array;
}

/** Makes a joiner. */
export function createJoiner(): Joiner {
  let memory = new Uint8Array(0);
  return {
    join(first, second) {
      if (first.length === 0) return second;
      const length = first.length + second.length;
      if (length > MOST_JOINED) return concat(first, second);
      if (length > memory.length) memory = new Uint8Array(2 * length);
      memory.set(first);
      memory.set(second, first.length);
      return memory.subarray(0, length);
    },
  };
}
