import type { SampledKind } from "@cassette/format";
import { DEFAULT_POLICY, type FramePolicy } from "./policy.js";

/** Decides from kinds and recorded times only, so that a live recording and a derivation give the same frames. */
export interface FrameSchedule {
  /** Whether to keep the screen from before this event, whose time shows how long that screen lasted. */
  isDueBefore(kind: SampledKind, t_ms: number): boolean;
  /** Whether to keep the screen from after this event. */
  isDueAfter(kind: SampledKind): boolean;
  /** An event has been applied. */
  applied(kind: SampledKind, t_ms: number): void;
  /** The screen was kept, or equals the last one kept. @param t_ms of the event that made it due. */
  taken(t_ms: number): void;
}

/** Makes the schedule of a policy. */
export function createFrameSchedule(policy: FramePolicy): FrameSchedule {
  const isQuietLongEnough = quietRule(policy);
  const keepsInputs = policy.kind === "settled";
  let isUnseen = false;
  const quiet = { since: 0, until: 0, lastTaken: Number.NEGATIVE_INFINITY };

  return {
    isDueBefore(kind, t_ms) {
      if (kind === "final") return true;
      if (!isUnseen) return false;
      if (kind === "resize" || (kind === "input" && keepsInputs)) return true;
      return isQuietLongEnough(quiet, t_ms);
    },
    isDueAfter: (kind) =>
      kind === "resize" || kind === "mark" || (kind === "output" && policy.kind === "chunk"),
    applied(kind, t_ms) {
      if (kind !== "output") return;
      if (!isUnseen) quiet.since = t_ms;
      quiet.until = t_ms;
      isUnseen = true;
    },
    taken(t_ms) {
      isUnseen = false;
      quiet.lastTaken = t_ms;
    },
  };
}

interface Quiet {
  /** Times of the first and the last output that no frame shows yet. */
  since: number;
  until: number;
  lastTaken: number;
}

/** The rule for screens that only output has changed. */
function quietRule(policy: FramePolicy): (quiet: Quiet, now: number) => boolean {
  if (policy.kind === "chunk") return () => false;
  const interval = policy.interval_ms ?? DEFAULT_POLICY.interval_ms;
  const settled = policy.kind === "settled" ? (policy.settled_ms ?? DEFAULT_POLICY.settled_ms) : interval;
  return ({ since, until, lastTaken }, now) => {
    const mayBeTakenFrom = lastTaken + interval;
    if (now >= Math.max(until + settled, mayBeTakenFrom)) return true;
    // Output continues without settling. It is cut at any pause, but not between reads of the same moment.
    return now > until && now >= Math.max(since + interval, mayBeTakenFrom);
  };
}
