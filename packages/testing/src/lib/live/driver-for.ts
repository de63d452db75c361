import { stat } from "node:fs/promises";
import { createReplayDriver, findStaleness, openCassette } from "@cassette/core/reader";
import { CassetteError, type PtyDriver, type PtyStartOptions } from "@cassette/format";
import { createRecordingDriver } from "@cassette/terminal";
import { loadDriver } from "@cassette/terminal/parts";

/** What a test runs against: its recording, a stub that plays it, the program itself, or the program while it is recorded again. */
export type TestSubject = "recording" | "stub" | "program" | "record";

/** When a recording is made: where there is none yet, never, or always. */
export type RecordMode = "once" | "none" | "all";

/** How a test is given its driver. What is left out comes from the environment, where a variable is named. */
export interface DriverForOptions {
  /** Default: CASSETTE_SUBJECT, then "recording". "record" is "recording" with mode "all". */
  subject?: TestSubject | (string & {});
  /** Default: CASSETTE_MODE, then "once". In CI use "none": the program is never run. */
  mode?: RecordMode | (string & {});
  /** A recording of more milliseconds is stale, as is one whose program's file has changed. */
  maxAgeMs?: number;
  /** What a stale recording causes: a process warning, or a session that does not start. Default: "warn". */
  whenStale?: "warn" | "fail";
}

/**
 * The one switch: the driver for a test that runs against a recording, which is made first where there is none; or against
 * the program, when the environment says `CASSETTE_SUBJECT=program`; or, with `record`, against the program while a new recording
 * is made; or, with `stub`, against a process that stands in for it: the command `cassette` of the PATH.
 * @param recording path of the cassette.
 * @returns a driver; its `start` throws CassetteError `CASSETTE_RECORDING_STALE` if `stale` is "fail".
 * @throws TypeError for a subject or a mode that there is not.
 */
export async function driverFor(recording: string, options: DriverForOptions = {}): Promise<PtyDriver> {
  const subject = options.subject ?? (process.env.CASSETTE_SUBJECT || "recording");
  const mode = recordMode(options.mode ?? (process.env.CASSETTE_MODE || "once"));
  if (!["recording", "program", "record", "stub"].includes(subject)) {
    throw new TypeError("A test runs against the recording, a stub or the program, or records it.");
  }
  if (subject === "recording" && mode !== "all" && (mode === "none" || (await isThere(recording)))) {
    return withFreshness(createReplayDriver(recording), recording, options);
  }
  const driver = await loadDriver();
  if (subject === "program") return driver;
  if (subject === "stub") {
    const start = (started: PtyStartOptions) =>
      driver.start({ ...started, argv: ["cassette", "stub", recording] });
    return withFreshness({ start }, recording, options);
  }
  return createRecordingDriver(recording, driver);
}

function recordMode(mode: string): RecordMode {
  if (mode === "once" || mode === "none" || mode === "all") return mode;
  if (mode === "new_episodes") {
    throw new TypeError(
      "A terminal's screen follows from all that came before: nothing new can be added to a recording. Record it again with mode all.",
    );
  }
  throw new TypeError("A record mode is once, none or all.");
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** Looks at the recording each time before it stands in for its program. */
function withFreshness(driver: PtyDriver, recording: string, options: DriverForOptions): PtyDriver {
  const { maxAgeMs, whenStale } = options;
  if (maxAgeMs === undefined && whenStale === undefined) return driver;
  return {
    async start(started) {
      const { identifyProgram } = await import("@cassette/pty");
      // In CI the program may not be there.
      const binarySha256 = (await identifyProgram(started))?.sha256;
      await using cassette = await openCassette(recording);
      for (const { message } of findStaleness(cassette.manifest, { maxAgeMs, binarySha256 }, Date.now())) {
        const stale = new CassetteError("CASSETTE_RECORDING_STALE", message, { file: recording });
        if (whenStale === "fail") throw stale;
        process.emitWarning(stale);
      }
      return driver.start(started);
    },
  };
}
