import { createReplayDriver } from "@cassette/core/reader";
import type { PtyDriver } from "@cassette/format";

/** What a test runs against: its recording, a stub that plays it, the program itself, or the program while it is recorded anew. */
export type TestSubject = "recording" | "stub" | "program" | "record";

/**
 * The one switch: the driver for a test that runs against a recording; or against the program, when the environment says
 * `CASSETTE_SUBJECT=program`; or, with `record`, against the program while a new recording is made; or, with `stub`, against a
 * process that stands in for it: the command `cassette` of the PATH.
 * @param recording path of the cassette.
 * @throws TypeError for a subject that there is not.
 */
export async function driverFor(
  recording: string,
  subject: TestSubject | (string & {}) = process.env.CASSETTE_SUBJECT || "recording",
): Promise<PtyDriver> {
  if (subject === "recording") return createReplayDriver(recording);
  if (!["program", "record", "stub"].includes(subject)) {
    throw new TypeError("A test runs against the recording, a stub or the program, or records it.");
  }
  const { createPtyDriver } = await import("@cassette/pty");
  const driver = createPtyDriver();
  if (subject === "program") return driver;
  if (subject === "stub") {
    return { start: (options) => driver.start({ ...options, argv: ["cassette", "stub", recording] }) };
  }
  const { createRecordingDriver } = await import("./recording-driver.js");
  return createRecordingDriver(recording, driver);
}
