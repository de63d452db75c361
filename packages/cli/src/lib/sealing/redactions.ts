import type { ScrubReport } from "@cassette/format";

/** What was scrubbed, in a few words. */
export function redactionsIn({ status, hit_counts }: ScrubReport): string {
  if (status === "not-run") return "not scrubbed";
  const hits = Object.values(hit_counts ?? {}).reduce((sum, count) => sum + count, 0);
  return hits === 1 ? "1 redaction" : `${hits || "no"} redactions`;
}
