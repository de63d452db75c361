import type { Sleeper } from "@cassette/format";
import { createAbsoluteSleeper } from "../replay/absolute-sleeper.js";
import type { ReplayMode } from "../replay/replay.js";
import { systemClock } from "../system-clock.js";

/** Speed of a recording that stands in for its program. */
export interface PaceOptions {
  /** Default: "collapsed". */
  mode?: ReplayMode;
  /** Factor on delays when `mode` is "scaled". */
  scale?: number;
  /** The sleeper between outputs. Default: the system's clock. */
  sleeper?: Sleeper;
}

/** Keeps the recorded gaps between outputs. */
export interface Pace {
  /** It never waits. */
  readonly isCollapsed: boolean;
  /** Waits until this moment of the recording. @throws signal.reason when aborted. */
  reach(t_ms: number, signal?: AbortSignal): Promise<void>;
  /** Call after waiting for the driver until this moment: that time is not caught up. */
  restart(t_ms: number): void;
}

/** Makes a pace that begins now. */
export function createPace({ mode = "collapsed", scale = 1, sleeper }: PaceOptions): Pace {
  const factor = mode === "collapsed" ? 0 : mode === "scaled" ? scale : 1;
  let sleep = factor > 0 ? fresh() : undefined;
  let reached = 0;
  return {
    isCollapsed: factor === 0,
    async reach(t_ms, signal) {
      const gap = (t_ms - reached) * factor;
      reached = t_ms;
      if (gap > 0) await sleep?.(gap, signal);
    },
    restart(t_ms) {
      reached = t_ms;
      if (sleep) sleep = fresh();
    },
  };

  function fresh(): Sleeper {
    return sleeper ?? createAbsoluteSleeper(systemClock);
  }
}
