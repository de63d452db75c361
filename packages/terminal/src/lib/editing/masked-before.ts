import type { SealOptions } from "@cassette/core";
import type { ScrubReport } from "@cassette/format";

/** What was masked in a source stays in the report of what is made of it. */
export function maskedBefore(report: ScrubReport): NonNullable<SealOptions["found"]> {
  return report.status === "not-run" ? [] : [["output.raw", report]];
}
