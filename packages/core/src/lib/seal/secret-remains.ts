import { type ArtifactName, CassetteError, type ScrubReport } from "@cassette/format";

/** Something that the last scan found, by its place and never by its value. */
export interface RemainingSecret {
  rule: string;
  artifact: ArtifactName;
  /** Place in the order of the recording, where there is one. */
  seq?: number;
  t_ms?: number;
  /** How much of the output was drawn when it was seen. */
  rawEnd?: number;
}

/** What a report of the last scan says: nothing, or that something is still there. */
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
