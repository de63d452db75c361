import type { Redactor, ScrubReport } from "@cassette/format";

const REPORT: ScrubReport = { status: "not-run", rules: [], hit_counts: {} };

/** Finds nothing and says that nothing was looked for. */
export const UNSCRUBBED: Redactor = {
  scrubText: (text) => ({ text, report: REPORT }),
  scrubJson: (value) => ({ value, report: REPORT }),
  scrubInputs: (records) => ({ records: [...records], report: REPORT }),
  scanScreen: () => [],
  scrubStream: async () => ({ mask: { ranges: [], bytes: new Uint8Array() }, report: REPORT }),
};
