import { stat } from "node:fs/promises";
import { createReplayDriver, findStaleness, openCassette } from "@cassette/core/reader";
import { CassetteError, type PtyDriver, type PtyStartOptions } from "@cassette/format";
import { matchesMasked } from "@cassette/scrub";
import { createRecordingDriver } from "@cassette/terminal";
import { loadDriver } from "@cassette/terminal/parts";

/** What a test runs against: its recording, a stub that plays it, the program itself, or the program while it is recorded. */
export type TestSubject = "recording" | "stub" | "program" | "record";

/** When to record: if there is no recording yet, never, or always. */
export type RecordMode = "once" | "none" | "all";

/** Options of {@link driverFor}. An omitted one comes from the environment variable named here, if any. */
export interface DriverForOptions {
  /** Default: CASSETTE_SUBJECT, then "recording". "record" is "recording" with mode "all". */
  subject?: TestSubject | (string & {});
  /** Default: CASSETTE_MODE, then "once". In CI use "none": the program is never run. */
  mode?: RecordMode | (string & {});
  /**
   * Maximum age in milliseconds. An older recording is stale, as is one of another program or other arguments, and with `whenStale`
   * or `maxAgeMs` also one whose program's file has changed.
   */
  maxAgeMs?: number;
  /** The effect of a stale recording: a process warning, or a session that does not start. Default: "warn". */
  whenStale?: "warn" | "fail";
}

/**
 * Selects the driver of a test: a recording, which is made first if there is none; or
 * the program, with `CASSETTE_SUBJECT=program` in the environment; or, with `record`, the program while a new recording
 * is made; or, with `stub`, a process that stands in for it: the command `cassette` in PATH.
 * @param recording path of the cassette.
 * Sessions may run at the same time: of those that record, the one that ends first makes the cassette.
 * @returns a driver; its `start` throws CassetteError `CASSETTE_RECORDING_STALE` if `whenStale` is "fail".
 * @throws TypeError for an unknown subject or mode.
 */
export async function driverFor(recording: string, options: DriverForOptions = {}): Promise<PtyDriver> {
  const { subject, mode } = chosenBy(options);
  const replay = withFreshness(createReplayDriver(recording), recording, options);
  if (subject === "recording" && mode === "none") return replay;
  const driver = await loadDriver();
  if (subject === "program") return driver;
  if (subject === "stub") {
    const start = (started: PtyStartOptions) =>
      driver.start({ ...started, argv: ["cassette", "stub", recording] });
    return withFreshness({ start }, recording, options);
  }
  const recorder = createRecordingDriver(recording, driver);
  if (subject === "record" || mode === "all") return recorder;
  return { start: async (started) => ((await isThere(recording)) ? replay : recorder).start(started) };
}

/** The subject and the mode, from the environment where the options leave them out. */
function chosenBy(options: DriverForOptions): { subject: string; mode: RecordMode } {
  const { CASSETTE_SUBJECT, CASSETTE_MODE } = process.env;
  return {
    subject: testSubject(options.subject ?? (CASSETTE_SUBJECT || "recording")),
    mode: recordMode(options.mode ?? (CASSETTE_MODE || "once")),
  };
}

function testSubject(subject: string): string {
  if (["recording", "program", "record", "stub"].includes(subject)) return subject;
  throw new TypeError("A test runs against the recording, a stub or the program, or records it.");
}

function recordMode(mode: string): RecordMode {
  if (mode === "once" || mode === "none" || mode === "all") return mode;
  if (mode === "new_episodes") {
    throw new TypeError(
      "Each screen depends on everything before it, so nothing can be added to a recording. Record it again with mode all.",
    );
  }
  throw new TypeError("A record mode is once, none or all.");
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** Checks the recording each time before it stands in for its program. */
function withFreshness(driver: PtyDriver, recording: string, options: DriverForOptions): PtyDriver {
  const { maxAgeMs, whenStale } = options;
  return {
    async start(started) {
      await using cassette = await openCassette(recording);
      const { argv } = started;
      const binarySha256 =
        maxAgeMs === undefined && whenStale === undefined ? undefined : await digestOf(started);
      const rules = { maxAgeMs, binarySha256, argv, isSameArgument: matchesMasked };
      for (const { message } of findStaleness(cassette.manifest, rules, Date.now())) {
        const stale = new CassetteError("CASSETTE_RECORDING_STALE", message, { file: recording });
        if (whenStale === "fail") throw stale;
        process.emitWarning(stale);
      }
      return driver.start(started);
    },
  };
}

/** In CI the program may be missing. */
async function digestOf(started: PtyStartOptions): Promise<string | undefined> {
  const { identifyProgram } = await import("@cassette/pty");
  return (await identifyProgram(started))?.sha256;
}
