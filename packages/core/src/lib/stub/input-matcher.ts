import type { InputRecord } from "@cassette/format";
import { endsTypedLine } from "../typed-line.js";

/** The result of a comparison: all of it arrived, more is needed, or something else arrived. */
type Match = "matched" | "more" | Difference;

/** The first difference between a recorded input and what arrived. */
export interface Difference {
  /** Number of bytes of `got` that are, or count as, the beginning of `expected`. */
  at: number;
  expected: Uint8Array;
  got: Uint8Array;
}

/** Compares input, in pieces of any size, with recorded input. */
export interface InputMatcher {
  /** @param key the name of the key that sends these bytes: the same key is the same input, however it was encoded. */
  push(bytes: Uint8Array, key?: string): void;
  /** Compares with a record and, if all of it has arrived, consumes it. */
  match(record: InputRecord): Match;
  /** Input that arrived and was not consumed. */
  readonly left: Uint8Array;
  /** Number of bytes consumed so far. */
  readonly taken: number;
}

/** Differences that normalising may remove between two equal inputs. */
const MOST_SLACK = 256;

/** @param normalise maps inputs that count as equal to the same text; by default bytes are compared exactly. */
export function createInputMatcher(normalise?: (text: string) => string): InputMatcher {
  let left = Buffer.alloc(0);
  let taken = 0;
  /** Keys that arrived, by their offset. */
  const keys = new Map<number, { name: string; length: number }>();

  function take(length: number): "matched" {
    left = left.subarray(length);
    taken += length;
    return "matched";
  }

  /** A line that was withheld: any line matches. */
  function matchLine(): Match {
    const end = left.findIndex(endsTypedLine);
    return end === -1 ? "more" : take(end + 1);
  }

  function matchExactly(expected: Uint8Array, masked: InputRecord["masked"] = []): Match {
    const isMasked = (index: number) => masked.some(([start, end]) => index >= start && index < end);
    const length = Math.min(expected.length, left.length);
    for (let index = 0; index < length; index++) {
      if (expected[index] !== left[index] && !isMasked(index)) return { at: index, expected, got: left };
    }
    return length < expected.length ? "more" : take(length);
  }

  function matchNormalised(expected: Uint8Array, normaliseText: (text: string) => string): Match {
    const wanted = normaliseText(Buffer.from(expected).toString());
    const longest = Math.min(left.length, 2 * expected.length + MOST_SLACK);
    // The longest equal prefix: text that normalising drops at its end belongs to it.
    for (let length = longest; length > 0; length--) {
      if (normaliseText(left.toString("utf8", 0, length)) === wanted) return take(length);
    }
    const isBeginning = (length: number) =>
      wanted.startsWith(normaliseText(left.toString("utf8", 0, length)).trimEnd());
    if (left.length === 0 || (left.length < 2 * expected.length && isBeginning(left.length))) return "more";
    let at = Math.min(left.length - 1, longest);
    while (at > 0 && !isBeginning(at)) at--;
    return { at, expected, got: left };
  }

  return {
    push(bytes, name) {
      if (name !== undefined) keys.set(taken + left.length, { name, length: bytes.length });
      left = Buffer.concat([left, bytes]);
    },
    match({ withheld, bytes = new Uint8Array(), masked, key }) {
      if (withheld) return bytes.length === 0 ? matchLine() : matchExactly(bytes, [[0, bytes.length]]);
      if (bytes.length === 0) return "matched";
      const arrived = keys.get(taken);
      if (arrived !== undefined && arrived.name === key) return take(arrived.length);
      return normalise && !masked ? matchNormalised(bytes, normalise) : matchExactly(bytes, masked);
    },
    get left() {
      return left;
    },
    get taken() {
      return taken;
    },
  };
}
