import { ARTIFACT, type ScrubReport, SKIPPED_SCREENS } from "@cassette/format";

/** A short text: what was scrubbed, and what was skipped. */
export function redactionsIn({ status, hit_counts, skipped }: ScrubReport): string {
  const screens = screensOf(skipped);
  if (status === "not-run") return `not scrubbed${screens}`;
  const hits = Object.values(hit_counts ?? {}).reduce((sum, count) => sum + count, 0);
  return `${hits === 1 ? "1 redaction" : `${hits || "no"} redactions`}${screens}`;
}

function screensOf(skipped: ScrubReport["skipped"]): string {
  if (skipped?.[ARTIFACT.frames] !== undefined) return ", some screens not drawn";
  return skipped?.[SKIPPED_SCREENS] === undefined ? "" : ", some screens not scanned";
}
