import type { FreeMap, ScrubReport } from "@cassette/format";

/**
 * Makes the report of a whole cassette of those of its artifacts: hits per rule and per artifact, what was not scanned.
 * @param skipped artifact → why it was not scanned. "clean" means that something ran; nothing at all is "not-run".
 */
export function mergeReports(
  parts: Readonly<Record<string, ScrubReport>>,
  skipped: Readonly<Record<string, string>> = {},
): ScrubReport {
  const reports = Object.values(parts);
  const counts: Record<string, number> = {};
  for (const { hit_counts } of reports) {
    for (const [rule, count] of Object.entries(hit_counts ?? {})) counts[rule] = (counts[rule] ?? 0) + count;
  }
  const unscanned: FreeMap = Object.assign({}, ...reports.map((report) => report.skipped ?? {}), skipped);
  return {
    status: statusOf(reports),
    rules: union(reports.map(({ rules }) => rules ?? [])),
    hit_counts: counts,
    ...listOf("env_allowlist", reports),
    ...listOf("intentionally_preserved", reports),
    rule_sets: Object.assign({}, ...reports.map(({ rule_sets }) => rule_sets ?? {})),
    artifacts: Object.fromEntries(
      Object.entries(parts).map(([name, { hit_counts }]) => [name, { ...hit_counts }]),
    ),
    ...(Object.keys(unscanned).length > 0 && { skipped: unscanned }),
  };
}

function statusOf(reports: readonly ScrubReport[]): string {
  const ran = reports.filter(({ status }) => status !== "not-run");
  if (ran.length === 0) return "not-run";
  return ran.some(({ status }) => status === "redacted") ? "redacted" : "clean";
}

function listOf(field: "env_allowlist" | "intentionally_preserved", reports: readonly ScrubReport[]) {
  const values = union(reports.map((report) => report[field] ?? []));
  return values.length > 0 ? { [field]: values } : {};
}

function union(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}
