import type { Cassette } from "@cassette/core/reader";
import type { PtyDriver } from "@cassette/format";
import { createReplayDriver } from "./replay/replay-driver.js";

/** What a test runs against: the program itself, or its recording. */
export type TestSubject = "program" | "recording";

/**
 * The one switch: the driver for a test that runs against a recording, or against the program when the environment says
 * `CASSETTE_SUBJECT=program`.
 * @param recording an open cassette, or the path of one.
 * @throws TypeError for a subject that there is not.
 */
export async function driverFor(
  recording: Cassette | string,
  subject: TestSubject | (string & {}) = process.env.CASSETTE_SUBJECT || "recording",
): Promise<PtyDriver> {
  if (subject === "recording") return createReplayDriver(recording);
  if (subject !== "program") throw new TypeError("A test runs against the program or the recording.");
  const { createPtyDriver } = await import("@cassette/pty");
  return createPtyDriver();
}
