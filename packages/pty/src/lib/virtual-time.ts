import type { Clock } from "@cassette/format";
import type { Timers } from "./timers.js";

/** Time that advances only on request or by waiting. */
export interface VirtualTime {
  clock: Clock;
  timers: Timers;
  /** Advances the time; all due timers run at their own times, in order. */
  advance(ms: number): Promise<void>;
}

interface Alarm {
  at: number;
  order: number;
  /** Whether the caller only waits for it, so that the time may jump there. */
  awaited: boolean;
  run: () => void;
}

/** 2026-01-01T00:00:00Z */
const EPOCH = Date.UTC(2026, 0, 1);

export function createVirtualTime(): VirtualTime {
  const alarms = new Set<Alarm>();
  let now = 0;
  let order = 0;
  let jumping = false;

  function set(ms: number, awaited: boolean, run: () => void): () => void {
    const alarm: Alarm = { at: now + ms, order: order++, awaited, run };
    alarms.add(alarm);
    if (awaited) void jump();
    return () => alarms.delete(alarm);
  }

  function first(): Alarm | undefined {
    return [...alarms].sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }

  function ring(alarm: Alarm): void {
    alarms.delete(alarm);
    now = Math.max(now, alarm.at);
    alarm.run();
  }

  async function jump(): Promise<void> {
    if (jumping) return;
    jumping = true;
    for (;;) {
      await settled();
      const alarm = first();
      if (alarm === undefined || ![...alarms].some(({ awaited }) => awaited)) break;
      ring(alarm);
    }
    jumping = false;
  }

  return {
    clock: { now: () => EPOCH + now, monotonic: () => now },
    timers: {
      after: (ms, run) => set(ms, false, run),
      soon: (run) => void setImmediate(run),
      pause: (ms) => new Promise((resolve) => set(ms, true, resolve)),
    },
    async advance(ms) {
      const until = now + ms;
      for (;;) {
        await settled();
        const alarm = first();
        if (alarm === undefined || alarm.at > until) break;
        ring(alarm);
      }
      now = Math.max(now, until);
    },
  };
}

/** Runs everything that needs no time: a few turns, since reading and delivering take one each. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
