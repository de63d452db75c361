import type { PtyDriver } from "@cassette/format";
import { createReplayDriver } from "./replay/replay-driver.js";

/** What a test runs against: its recording, the program itself, or the program while it is recorded anew. */
export type TestSubject = "recording" | "program" | "record";

/**
 * The one switch: the driver for a test that runs against a recording; or against the program, when the environment says
 * `CASSETTE_SUBJECT=program`; or, with `record`, against the program while a new recording is made.
 * @param recording path of the cassette.
 * @throws TypeError for a subject that there is not.
 */
export async function driverFor(
  recording: string,
  subject: TestSubject | (string & {}) = process.env.CASSETTE_SUBJECT || "recording",
): Promise<PtyDriver> {
  if (subject === "recording") return createReplayDriver(recording);
  if (subject !== "program" && subject !== "record") {
    throw new TypeError("A test runs against the recording or the program, or records it.");
  }
  const { createPtyDriver } = await import("@cassette/pty");
  if (subject === "program") return createPtyDriver();
  const { createRecordingDriver } = await import("./recording-driver.js");
  return createRecordingDriver(recording, createPtyDriver());
}
