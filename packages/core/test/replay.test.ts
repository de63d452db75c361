import { join } from "node:path";
import type { CassetteEvent, Sleeper } from "@cassette/format";
import { describe, expect, it, vi } from "vitest";
import { type Cassette, createAbsoluteSleeper, createRecorder, openCassette, replay } from "../src/index.js";
import { fakeClock } from "./support/fake-clock.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

/** A cassette with an output at each of these times, and its end at the last. */
async function cassetteAt(times: number[]): Promise<Cassette> {
  const dir = join(temporaryDirectory(), "cassette");
  const clock = fakeClock();
  const recorder = await createRecorder(dir, { manifest: { timing: { resolution_ms: 1 } }, clock });
  for (const time of times) {
    clock.at(time);
    recorder.recordOutput(Buffer.from("x"));
  }
  recorder.recordFinal();
  await recorder.close();
  return openCassette(dir);
}

describe("replay", () => {
  it.each(["realtime", "scaled", "collapsed"] as const)(
    "can be aborted between events in mode %s",
    async (mode) => {
      await using cassette = await cassetteAt([0, 10, 20]);
      const controller = new AbortController();
      const seen: CassetteEvent[] = [];
      const run = async () => {
        for await (const event of replay(cassette, {
          mode,
          signal: controller.signal,
          sleeper: async () => {},
        })) {
          if (seen.push(event) === 2) controller.abort(new Error("enough"));
        }
      };
      await expect(run()).rejects.toThrow("enough");
      expect(seen).toHaveLength(2);
    },
  );

  it("can be aborted while it waits", async () => {
    await using cassette = await cassetteAt([0, 3_600_000]);
    const controller = new AbortController();
    const events = replay(cassette, { mode: "realtime", signal: controller.signal });
    await events.next();
    const waiting = events.next();
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
  });

  it("does not begin when aborted before", async () => {
    await using cassette = await cassetteAt([0]);
    const signal = AbortSignal.abort(new Error("before"));
    await expect(replay(cassette, { signal }).next()).rejects.toThrow("before");
  });

  it("lets the consumer's own time count against the gaps: it does not drift", async () => {
    await using cassette = await cassetteAt([0, 100, 200, 300]);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    try {
      const begin = performance.now();
      const arrivals: number[] = [];
      const consume = async () => {
        for await (const event of replay(cassette, { mode: "realtime" })) {
          if (event.kind === "final") break;
          arrivals.push(performance.now() - begin);
          // A consumer that takes 60 of each 100 ms.
          await new Promise((resolve) => setTimeout(resolve, 60));
        }
      };
      const consumed = consume();
      // Reading is real, so time passes only during a wait.
      while (arrivals.length < 4) {
        await new Promise((resolve) => setImmediate(resolve));
        await vi.advanceTimersByTimeAsync(1);
      }
      await vi.runAllTimersAsync();
      await consumed;
      expect(arrivals.map((time) => Math.round((time - (arrivals[0] ?? 0)) / 10) * 10)).toEqual([
        0, 100, 200, 300,
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("passes the recorded gaps to a given sleeper", async () => {
    await using cassette = await cassetteAt([0, 5, 5, 30]);
    const asked: number[] = [];
    const sleeper: Sleeper = async (delay) => void asked.push(delay);
    for await (const _event of replay(cassette, { mode: "scaled", scale: 2, sleeper }));
    expect(asked).toEqual([10, 50]);
  });

  it("refuses a scale that is not a number", async () => {
    await using cassette = await cassetteAt([0]);
    expect(() => replay(cassette, { mode: "scaled", scale: Number.NaN })).toThrow(TypeError);
  });
});

describe("createAbsoluteSleeper", () => {
  it("waits for the sum of the gaps since it was made, however late it is asked", async () => {
    vi.useFakeTimers({ now: 0 });
    try {
      const sleeper = createAbsoluteSleeper({ monotonic: () => Date.now() });
      await vi.advanceTimersByTimeAsync(70);
      const first = sleeper(100);
      await vi.advanceTimersByTimeAsync(30);
      await first;
      expect(Date.now()).toBe(100);
      await vi.advanceTimersByTimeAsync(250);
      await sleeper(100);
      expect(Date.now()).toBe(350);
    } finally {
      vi.useRealTimers();
    }
  });
});
