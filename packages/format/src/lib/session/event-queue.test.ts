import { describe, expect, it } from "vitest";
import type { PtyEvent } from "../pty-port.js";
import { createEventQueue } from "./event-queue.js";

function both(bytes: number) {
  return { unreadBytes: bytes, readAheadBytes: bytes };
}

function event(seq: number): PtyEvent {
  return { seq, t_ms: 0, kind: "signal", signal: "SIGHUP" };
}

describe("createEventQueue", () => {
  it("keeps the order, also after an event that is not complete yet", async () => {
    const queue = createEventQueue(both(1_000_000), () => {});
    let complete: (event: PtyEvent) => void = () => {};
    queue.push(new Promise<PtyEvent>((resolve) => (complete = resolve)), 0);
    queue.push(event(2), 0);
    const first = queue.next();
    complete(event(1));
    expect((await first).value?.seq).toBe(1);
    expect((await queue.next()).value?.seq).toBe(2);
  });

  it("reports that it is full, still accepts input, and notifies when there is room", async () => {
    let calls = 0;
    const queue = createEventQueue(both(1_000), () => calls++);
    expect(queue.push(event(1), 500)).toBe(true);
    expect(queue.push(event(2), 500)).toBe(false);
    expect(queue.push(event(3), 500)).toBe(false);
    await queue.next();
    expect(calls).toBe(0);
    await queue.next();
    expect(calls).toBe(1);
    expect((await queue.next()).value?.seq).toBe(3);
    expect(calls).toBe(1);
  });

  it("holds more before the first read", async () => {
    const queue = createEventQueue({ unreadBytes: 10_000, readAheadBytes: 1_000 }, () => {});
    expect(queue.push(event(1), 5_000)).toBe(true);
    expect(queue.push(event(2), 1_000)).toBe(true);
    await queue.next();
    expect(queue.push(event(3), 0)).toBe(false);
  });

  it("counts events without bytes, too", () => {
    const queue = createEventQueue(both(1_000), () => {});
    const room = [1, 2, 3, 4, 5, 6].map((seq) => queue.push(event(seq), 1));
    expect(room.at(-1)).toBe(false);
  });

  it("ends after the last event, also for a pending read", async () => {
    const queue = createEventQueue(both(1_000), () => {});
    const waiting = queue.next();
    queue.push(event(1), 0);
    queue.end();
    expect((await waiting).done).toBe(false);
    expect(await queue.next()).toEqual({ done: true, value: undefined });
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it("serves each early reader once", async () => {
    const queue = createEventQueue(both(1_000), () => {});
    const asked = [queue.next(), queue.next(), queue.next()];
    queue.push(event(1), 0);
    queue.push(event(2), 0);
    queue.end();
    const results = await Promise.all(asked);
    expect(results.map(({ value }) => value?.seq)).toEqual([1, 2, undefined]);
  });

  it("stays in order over many events taken at different paces", async () => {
    const queue = createEventQueue(both(1_000_000_000), () => {});
    let pushed = 0;
    for (let taken = 1; taken <= 20_000; taken++) {
      for (let more = taken % 3; more > 0 || pushed < taken; more--) queue.push(event(++pushed), 1);
      expect((await queue.next()).value?.seq).toBe(taken);
    }
  });
});
