/** Something in the order of a recording. */
interface Placed {
  seq: number;
}

/**
 * Lets a reader that stopped go on where it stopped: the reading that was left is kept, with the event that went
 * unused. Stepping through a recording then reads it once, not once a step.
 * @param open reads the events after a `seq`.
 */
export function resumable<T extends Placed>(
  open: (afterSeq: number) => AsyncGenerator<T>,
): (afterSeq: number) => AsyncIterable<T> {
  let left: { source: AsyncGenerator<T>; used: number; unused: T } | null = null;

  async function* reading(afterSeq: number): AsyncGenerator<T> {
    const mine = left && left.used <= afterSeq && afterSeq < left.unused.seq ? left : null;
    if (mine) left = null;
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
