import type { SampledKind } from "@cassette/format";
import { DEFAULT_POLICY, type FramePolicy } from "./policy.js";

/** Decides from kinds and recorded times alone, so that a live recording and a derivation decide alike. */
export interface FrameSchedule {
  /** Whether the screen is to be kept as it stood until this event, now that the event shows how long that was. */
  isDueBefore(kind: SampledKind, t_ms: number): boolean;
  /** Whether the screen is to be kept as this event left it. */
  isDueAfter(kind: SampledKind): boolean;
  /** An event has been applied. */
  applied(kind: SampledKind, t_ms: number): void;
  /** The screen has been kept, or found to be the one kept before; `t_ms` is the event's that made it due. */
  taken(t_ms: number): void;
}

/** Makes the timetable of a policy. */
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
  /** Output that no frame shows yet began and last came at these times. */
  since: number;
  until: number;
  lastTaken: number;
}

/** The rule for screens which only output made. */
function quietRule(policy: FramePolicy): (quiet: Quiet, now: number) => boolean {
  if (policy.kind === "chunk") return () => false;
  const interval = policy.interval_ms ?? DEFAULT_POLICY.interval_ms;
  const settled = policy.kind === "settled" ? (policy.settled_ms ?? DEFAULT_POLICY.settled_ms) : interval;
  return ({ since, until, lastTaken }, now) => {
    const mayBeTakenFrom = lastTaken + interval;
    if (now >= Math.max(until + settled, mayBeTakenFrom)) return true;
    // Output goes on without settling. It is cut where it pauses at all, not between reads of the same moment.
    return now > until && now >= Math.max(since + interval, mayBeTakenFrom);
  };
}
