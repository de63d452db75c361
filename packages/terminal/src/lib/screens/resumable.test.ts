import { describe, expect, it } from "vitest";
import { resumable } from "./resumable.js";

const LENGTH = 9;

/** A source that counts how often it is opened and how often it is left open. */
function source() {
  const counts = { opened: 0, open: 0, read: 0 };
  async function* open(afterSeq: number) {
    counts.opened++;
    counts.open++;
    try {
      for (let seq = afterSeq + 1; seq <= LENGTH; seq++) {
        counts.read++;
        yield { seq };
      }
    } finally {
      counts.open--;
    }
  }
  return { counts, open };
}

/** Uses the events up to a `seq`, and meets the one after it, as a search for an end does. */
async function useUntil(last: number, events: AsyncIterable<{ seq: number }>): Promise<number[]> {
  const used: number[] = [];
  for await (const { seq } of events) {
    if (seq > last) break;
    used.push(seq);
  }
  return used;
}

describe("resumable", () => {
  it("continues where the last reading stopped", async () => {
    const { counts, open } = source();
    const events = resumable(open);
    expect(await useUntil(3, events(0))).toEqual([1, 2, 3]);
    expect(await useUntil(3, events(3))).toEqual([]);
    expect(await useUntil(5, events(3))).toEqual([4, 5]);
    expect(await useUntil(LENGTH, events(5))).toEqual([6, 7, 8, 9]);
    expect(counts).toEqual({ opened: 1, open: 0, read: LENGTH });
  });

  it("reopens for another place, and keeps one reader at most", async () => {
    const { counts, open } = source();
    const events = resumable(open);
    await useUntil(5, events(0));
    expect(await useUntil(4, events(2))).toEqual([3, 4]);
    expect(await useUntil(8, events(7))).toEqual([8]);
    expect(counts).toMatchObject({ opened: 3, open: 1 });
  });
});
