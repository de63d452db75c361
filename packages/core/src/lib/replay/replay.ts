import type { CassetteEvent, Sleeper } from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import { systemClock } from "../system-clock.js";
import { createAbsoluteSleeper } from "./absolute-sleeper.js";

/** How the gaps between events are kept: as recorded, multiplied by `scale`, or not at all. */
export type ReplayMode = "realtime" | "scaled" | "collapsed";

/** Options of a replay. */
export interface ReplayOptions {
  /** Default: the manifest's `replay_default`; collapsed where that is empty. Any unknown word means realtime. */
  mode?: ReplayMode;
  /** Factor on every gap in mode "scaled": 2 is slower, 0.5 faster; 0 means 1; negative never waits. Default 1. */
  scale?: number;
  /** The sleeper. Default: an absolute schedule on the system's clock. */
  sleeper?: Sleeper;
  /** Ends the replay in every mode. */
  signal?: AbortSignal;
}

/**
 * Yields the events of a cassette in order, each at its time: nothing waits before the first event, and a gap of zero
 * does not call the sleeper.
 * @throws `signal.reason` when aborted; TypeError for a scale that is not a number.
 */
export function replay(
  cassette: Pick<Cassette, "manifest" | "events">,
  options: ReplayOptions = {},
): AsyncGenerator<CassetteEvent, void> {
  const factor = gapFactor(options, cassette.manifest.timing.replay_default);
  return factor === 0 ? collapsed(cassette, options.signal) : timed(cassette, factor, options);
}

/** 0 means not waiting at all. */
function gapFactor({ mode, scale = 1 }: ReplayOptions, fallback: string): number {
  if (typeof scale !== "number" || Number.isNaN(scale)) throw new TypeError("scale must be a number.");
  const word: string = mode ?? (fallback || "collapsed");
  if (word === "collapsed") return 0;
  if (word !== "scaled" || scale === 0) return 1;
  return Math.max(0, scale);
}

async function* collapsed(
  cassette: Pick<Cassette, "events">,
  signal?: AbortSignal,
): AsyncGenerator<CassetteEvent, void> {
  signal?.throwIfAborted();
  for await (const event of cassette.events()) {
    yield event;
    signal?.throwIfAborted();
  }
}

async function* timed(
  cassette: Pick<Cassette, "events">,
  factor: number,
  { sleeper: given, signal }: ReplayOptions,
): AsyncGenerator<CassetteEvent, void> {
  signal?.throwIfAborted();
  let sleeper = given;
  let previous: number | null = null;
  for await (const event of cassette.events()) {
    sleeper ??= createAbsoluteSleeper(systemClock);
    const gap = (event.t_ms - (previous ?? event.t_ms)) * factor;
    if (gap > 0) await sleeper(gap, signal);
    signal?.throwIfAborted();
    previous = event.t_ms;
    yield event;
    signal?.throwIfAborted();
  }
}
