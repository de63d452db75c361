import { reportOf } from "../artifacts/failure-report.js";
import { artifactsFolder, keepEvidence } from "../artifacts/keep-evidence.js";
import type { Assertion } from "../assertions/cassette-assertion.js";
import type { Evidence } from "../evidence/evidence.js";
import { withEvidence } from "../evidence/with-evidence.js";
import { displayPath } from "../failure/display-path.js";
import type { Failure } from "../failure/failure.js";
import { failureText } from "../failure/failure-text.js";
import { checkAssertions } from "../scenario/run-scenario.js";

/** The test that makes assertions. */
interface Asserting {
  test: string;
  file: string | null;
  /** They are expected not to hold: then there is no evidence to keep. */
  isNot?: boolean;
}

/** Checks assertions. @returns what to say about each that does not hold */
export function failuresOf(
  subject: unknown,
  assertions: readonly Assertion[],
  { test, file, isNot = false }: Asserting,
): Promise<string[]> {
  const shownFile = file === null ? null : displayPath(file);
  return withEvidence(subject, async (evidence) => {
    const failures = await checkAssertions(assertions, evidence);
    const texts: string[] = [];
    for (const failure of failures) {
      const report = reportOf(failure, { test, file: shownFile });
      const picture = await pictureOf(failure, evidence);
      const kept = isNot ? "" : await keepEvidence(report, { subject, picture });
      texts.push(`${failureText(failure)}${kept}`);
    }
    return texts;
  });
}

async function pictureOf({ screen }: Failure, evidence: Evidence) {
  return screen && artifactsFolder() !== null ? (await evidence.screenAt(screen.seq)).screen : undefined;
}
