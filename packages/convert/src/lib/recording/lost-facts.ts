import type { LossTally } from "./losses.js";
import type { RecordingFacts } from "./recording.js";

/** Counts the facts of a recording that a format has no place for. @param kept those that it has. */
export function reportLostFacts(
  facts: RecordingFacts,
  losses: LossTally,
  kept: readonly (keyof RecordingFacts)[],
): void {
  if (kept.includes("startedAtMs")) reportRoundedStart(facts, losses);
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined || kept.includes(name as keyof RecordingFacts)) continue;
    if (name === "size" || name === "title") losses.add(name);
    else losses.add("facts", name === "header" || name === "env" ? Object.keys(value).length : 1);
  }
}

/** Counts the arguments of a command that a format has as one line. */
export function reportJoinedArguments({ argv, command }: RecordingFacts, losses: LossTally): void {
  if (argv && command === undefined) losses.add("arguments", argv.length);
}

/** Counts a date that is finer than a second. */
export function reportRoundedStart({ startedAtMs = 0 }: RecordingFacts, losses: LossTally): void {
  if (startedAtMs % 1_000 !== 0) losses.add("rounded-start");
}
