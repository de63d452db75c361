import { type ArtifactName, CassetteError, type ScrubReport } from "@cassette/format";

/** A secret that the last scan found: its place, never its value. */
export interface RemainingSecret {
  rule: string;
  artifact: ArtifactName;
  /** Its record, if there is one. */
  seq?: number;
  t_ms?: number;
  /** Bytes of output drawn when it was seen. */
  rawEnd?: number;
}

/** The remaining secrets in a report of the last scan. */
export function remainingSecrets(
  report: ScrubReport,
  place: Omit<RemainingSecret, "rule">,
): RemainingSecret[] {
  return Object.keys(report.hit_counts ?? {}).map((rule) => ({ rule, ...place }));
}

/** The error of a recording that cannot be sealed. */
export function secretRemains({ rule, artifact, seq, t_ms }: RemainingSecret, file: string): CassetteError {
  const moment = t_ms === undefined ? "" : ` at ${t_ms} ms`;
  return new CassetteError(
    "CASSETTE_SECRET_REMAINS",
    `The last scan still finds something in ${artifact}${moment} (rule ${rule}).`,
    {
      file,
      seq,
      hint: "No cassette was made. Look at the spool, then name the text as a literal secret or allow it, and recover.",
    },
  );
}
