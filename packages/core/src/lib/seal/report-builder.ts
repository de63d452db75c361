import { type ArtifactName, type ScrubReport, SKIPPED_SCREENS } from "@cassette/format";
import { NOT_RUN } from "./unscrubbed.js";

/** Gathers what was found in the artifacts of a cassette. */
export interface ReportBuilder {
  add(artifact: ArtifactName, report: ScrubReport): void;
  /** The report of the whole: hits per rule and per artifact. "clean" means that the rules ran. */
  report(): ScrubReport;
}

/** What was found in one artifact. */
export type ArtifactReport = readonly [artifact: ArtifactName, report: ScrubReport];

/** Creates a builder that has some reports. */
export function createReportBuilder(known: readonly ArtifactReport[] = []): ReportBuilder {
  const lists = {
    rules: new Set<string>(),
    env_allowlist: new Set<string>(),
    intentionally_preserved: new Set<string>(),
  };
  const artifacts = new Map<ArtifactName, Map<string, number>>();
  let hasRun = false;
  const ruleSets: NonNullable<ScrubReport["rule_sets"]> = {};
  let skipped: ScrubReport["skipped"];

  const builder: ReportBuilder = {
    add(artifact, { hit_counts, rule_sets, ...report }) {
      hasRun ||= report.status !== "not-run";
      for (const [name, list] of Object.entries(lists)) {
        for (const entry of report[name as keyof typeof lists] ?? []) list.add(entry);
      }
      Object.assign(ruleSets, rule_sets);
      const screens = report.skipped?.[SKIPPED_SCREENS];
      if (screens !== undefined) skipped = { [SKIPPED_SCREENS]: screens };
      const counts = artifacts.get(artifact) ?? new Map<string, number>();
      artifacts.set(artifact, counts);
      for (const [rule, count] of Object.entries(hit_counts ?? {})) addTo(counts, rule, count);
    },
    report() {
      const total = new Map<string, number>();
      if (!hasRun) return NOT_RUN;
      for (const counts of artifacts.values()) {
        for (const [rule, count] of counts) addTo(total, rule, count);
      }
      const { rules, ...optional } = lists;
      return {
        status: total.size > 0 ? "redacted" : "clean",
        rules: [...rules].sort(),
        hit_counts: sorted(total),
        ...Object.fromEntries(
          Object.entries(optional).flatMap(([name, list]) =>
            list.size > 0 ? [[name, [...list].sort()]] : [],
          ),
        ),
        ...(Object.keys(ruleSets).length > 0 && { rule_sets: ruleSets }),
        artifacts: Object.fromEntries(
          [...artifacts].sort(byName).map(([name, counts]) => [name, sorted(counts)]),
        ),
        ...(skipped && { skipped }),
      };
    },
  };
  for (const [artifact, report] of known) builder.add(artifact, report);
  return builder;
}

/** Sorted, so that the order does not reveal where secrets were found. */
function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(byName));
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function addTo(counts: Map<string, number>, rule: string, count: number): void {
  counts.set(rule, (counts.get(rule) ?? 0) + count);
}
