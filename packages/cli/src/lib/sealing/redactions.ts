import { ARTIFACT, type ScrubReport } from "@cassette/format";

/** What was scrubbed, in a few words, and what could not be. */
export function redactionsIn({ status, hit_counts, skipped }: ScrubReport): string {
  const screens = skipped?.[ARTIFACT.frames] === undefined ? "" : ", some screens not drawn";
  if (status === "not-run") return `not scrubbed${screens}`;
  const hits = Object.values(hit_counts ?? {}).reduce((sum, count) => sum + count, 0);
  return `${hits === 1 ? "1 redaction" : `${hits || "no"} redactions`}${screens}`;
}
