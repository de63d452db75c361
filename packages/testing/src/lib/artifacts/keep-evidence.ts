import type { Screen } from "@cassette/format";
import { displayPath } from "../failure/display-path.js";
import type { FailureReport } from "./failure-report.js";
import { noteFailedSession } from "./kept-session.js";
import { writeFailure } from "./write-failure.js";

/** The folder for evidence of failures: CASSETTE_ARTIFACTS. Null if none is wanted. */
export function artifactsFolder(): string | null {
  return process.env.CASSETTE_ARTIFACTS || null;
}

/** What a test failed on. */
interface FailedOn {
  /** What the assertion was about: of a running terminal, the recorded session is kept. */
  subject?: unknown;
  /** The screen that was found, with cells. */
  picture?: Screen;
}

/** Writes evidence of a failure if the environment asks for it. @returns a line that says where it is; empty if it was not written */
export async function keepEvidence(report: FailureReport, { subject, picture }: FailedOn): Promise<string> {
  const folder = artifactsFolder();
  if (folder === null) return "";
  const own = await writeFailure(folder, report, picture);
  noteFailedSession(subject, own);
  return `\nEvidence: ${displayPath(own)}`;
}
