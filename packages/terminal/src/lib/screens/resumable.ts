/** Something with a `seq`. */
interface Placed {
  seq: number;
}

/**
 * Lets a reader that stopped continue where it stopped: the open iterator is kept, with the event that was
 * not used. Stepping through a recording then reads it once, not once for each step.
 * @param open reads the events after a `seq`.
 */
export function resumable<T extends Placed>(
  open: (afterSeq: number) => AsyncGenerator<T>,
): (afterSeq: number) => AsyncIterable<T> {
  let left: { source: AsyncGenerator<T>; used: number; unused: T } | null = null;

  /** Takes what an earlier reader left, if it continues after a `seq`. */
  function takeLeft(afterSeq: number): typeof left {
    if (left === null || left.used > afterSeq || afterSeq >= left.unused.seq) return null;
    const taken = left;
    left = null;
    return taken;
  }

  async function* reading(afterSeq: number): AsyncGenerator<T> {
    const mine = takeLeft(afterSeq);
    const source = mine?.source ?? open(afterSeq);
    let used = afterSeq;
    let unused: T | null = mine?.unused ?? null;
    try {
      for (;;) {
        if (unused === null) {
          const next = await source.next();
          if (next.done) return;
          unused = next.value;
        }
        yield unused;
        used = unused.seq;
        unused = null;
      }
    } finally {
      await left?.source.return(undefined);
      left = unused && { source, used, unused };
    }
  }
  return reading;
}
