import type { KnownRecording } from "../indexing/known-recordings.js";
import { isBelow } from "../indexing/plan.js";

/** Which recordings to keep, however old: `failing` is every one whose program did not end with exit status 0. */
export type Kept = "failing";

/** Which recordings may go. */
export interface PruneRules {
  root: string;
  /** Milliseconds since the recording began, at least. */
  olderThanMs: number;
  keep: readonly Kept[];
}

/** The recordings that the rules let go, by path. One without a date stays. */
export function selectForPruning(
  known: Iterable<KnownRecording>,
  { root, olderThanMs, keep }: PruneRules,
  now: number,
): KnownRecording[] {
  const isOld = ({ recorded_at }: KnownRecording) => recorded_at !== null && now - recorded_at >= olderThanMs;
  const isKept = (row: KnownRecording) => keep.includes("failing") && hasFailed(row);
  return [...known]
    .filter((row) => isOld(row) && !isKept(row) && row.path !== root && isBelow(row.path, [root]))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A recording without a known exit may have failed. */
function hasFailed({ failed, interrupted, timed_out }: KnownRecording): boolean {
  return failed !== false || interrupted || timed_out;
}
