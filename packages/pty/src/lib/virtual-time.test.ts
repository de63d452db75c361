import { describe, expect, it } from "vitest";
import { createVirtualTime } from "./virtual-time.js";

describe("createVirtualTime", () => {
  it("jumps to the next wait, and fires what is due before", async () => {
    const { clock, timers } = createVirtualTime();
    const rung: [string, number][] = [];
    timers.after(50, () => rung.push(["before", clock.monotonic()]));
    timers.after(500, () => rung.push(["after", clock.monotonic()]));
    await timers.pause(100);
    expect(clock.monotonic()).toBe(100);
    expect(rung).toEqual([["before", 50]]);
  });

  it("does not advance for a timer that may be cancelled, until it is moved", async () => {
    const { clock, timers, advance } = createVirtualTime();
    const rung: number[] = [];
    timers.after(1_000, () => rung.push(clock.monotonic()));
    await advance(999);
    expect(rung).toEqual([]);
    await advance(2);
    expect(rung).toEqual([1_000]);
    expect(clock.monotonic()).toBe(1_001);
  });

  it("rings in the order of time, then of setting, and not what was cancelled", async () => {
    const { timers, advance } = createVirtualTime();
    const rung: string[] = [];
    timers.after(20, () => rung.push("third"));
    timers.after(10, () => rung.push("first"));
    timers.after(10, () => rung.push("second"));
    timers.after(15, () => rung.push("never"))();
    await advance(100);
    expect(rung).toEqual(["first", "second", "third"]);
  });

  it("lets several who wait at once wake at their own times", async () => {
    const { clock, timers } = createVirtualTime();
    const woken: number[] = [];
    await Promise.all(
      [30, 10, 20].map(async (ms) => {
        await timers.pause(ms);
        woken.push(clock.monotonic());
      }),
    );
    expect(woken).toEqual([10, 20, 30]);
  });

  it("keeps the wall clock in step", async () => {
    const { clock, advance } = createVirtualTime();
    const before = clock.now();
    await advance(1_500);
    expect(clock.now() - before).toBe(1_500);
  });
});
