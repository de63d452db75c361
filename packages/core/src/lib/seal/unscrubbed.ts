import type { Redactor, ScrubReport } from "@cassette/format";

/** The report of a recording that was not scanned for secrets. */
export const NOT_RUN: ScrubReport = { status: "not-run", rules: [], hit_counts: {} };

/** Finds nothing and reports that no scan took place. */
export const UNSCRUBBED: Redactor = {
  scrubText: (text) => ({ text, report: NOT_RUN }),
  scrubJson: (value) => ({ value, report: NOT_RUN }),
  scrubInputs: (records) => ({ records: [...records], report: NOT_RUN }),
  scanScreen: () => [],
  scrubStream: async () => ({ mask: { ranges: [], bytes: new Uint8Array() }, report: NOT_RUN }),
};
