import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { acquireRecordLock } from "@cassette/core";
import { CassetteError, isCassetteError } from "@cassette/format";
import {
  type InputSource,
  prepareRecording,
  type RecordHooks,
  type RecordingOutcome,
  recordPlanned,
} from "@cassette/terminal";
import type { Script } from "@cassette/terminal/script";
import { readFacts } from "../../facts-file/read-facts.js";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import { reportError, type Streams } from "../../output/report-error.js";
import { createAttacher } from "../../recording/create-attacher.js";
import { modeReaderProblem } from "../../recording/mode-reader.js";
import { createParentFolder } from "../../recording/parent-folder.js";
import { programEnv } from "../../recording/program-env.js";
import type { ServiceEvents } from "../../recording/service-events.js";
import { targetName } from "../../recording/target-name.js";
import { unsetVariables } from "../../recording/unset-variables.js";
import { followOnWorker, scanOnWorker } from "../../sealing/scan-on-worker.js";
import { listenForSignals, type SignalWatch, signalStatus } from "../../signals.js";
import { VERSION } from "../../version.js";
import { type Inputs, openInputs } from "./inputs.js";
import { checkOptions, playerFacts, type RecordOptions } from "./record-options.js";
import { createReporter, programStatus } from "./reporter.js";

type Argv = [string, ...string[]];

/** A recording that replaces an existing one. */
interface Rerecording {
  /** Does what was done to the other one, unless the options name a script. */
  input?: InputSource;
  /** May refuse the new cassette before it replaces the other. */
  approve: (dir: string) => Promise<void>;
}

/** What a caller of {@link record} may pass besides its options. */
export interface RecordExtras {
  rerecording?: Rerecording;
  /** Whether a recording that failed with this error may be discarded. Default: never. */
  isDispensable?: (error: unknown) => Promise<boolean>;
}

/** Records a program and prints the result. */
export async function record(
  named: string | undefined,
  argv: Argv,
  options: RecordOptions,
  streams: Streams,
  extras: RecordExtras = {},
): Promise<number> {
  checkOptions(options);
  const target = named ?? targetName(argv[0], new Date());
  const { rerecording } = extras;
  const inputs = rerecording ? {} : openInputs(options);
  const checkingModes = modeReaderProblem();
  const plan = await planRecording({ target, argv, options, rerecording, ...inputs }, streams);
  const reporter = createReporter({ target, program: argv[0], options, streams, ...inputs });
  reporter.withholding(await checkingModes);
  // Before this nothing is kept, and a signal ends even what does not return to the event loop.
  const signals = listenForSignals(reporter.endedAtOnce);
  const serviceEvents = await loadServiceEvents(options);
  const attacher = createAttacher({ ...inputs, serviceEvents, warn: reporter.warn });
  const lock = await lockAccount(options);
  const removeParent = createParentFolder(target);
  try {
    const hooks: RecordHooks = {
      signal: signals.interrupt,
      attach: attacher.attach,
      approve: rerecording && approval(rerecording, target, signals),
      isDispensable: extras.isDispensable,
      ...reporter.hooks(plan.size),
    };
    const outcome = await recordPlanned(plan, hooks).finally(reporter.clearProgress);
    reporter.recorded(outcome);
    if (options.saveScript !== undefined) {
      await saveScript(target, options.saveScript);
      reporter.savedScript(options.saveScript);
    }
    reporter.notes(outcome, attacher.refusedEvents);
    return statusOf(outcome, signals, options);
  } catch (error) {
    if (signals.received === null || !isCassetteError(error, "CASSETTE_RECORDING_DIFFERS")) throw error;
    reportError(error, streams);
    return signalStatus(signals.received);
  } finally {
    removeParent();
    await lock?.release();
    signals.stop();
  }
}

function statusOf(outcome: RecordingOutcome, { received }: SignalWatch, options: RecordOptions): number {
  if (received) return signalStatus(received);
  return options.return ? programStatus(outcome) : EXIT.success;
}

interface RecordingRequest extends Inputs {
  target: string;
  argv: Argv;
  options: RecordOptions;
  rerecording?: Rerecording;
}

/** Checks everything that can be checked before the program starts. */
async function planRecording(
  { target, argv, options, rerecording, userTerminal }: RecordingRequest,
  streams: Streams,
) {
  const env = programEnv(options.term, userTerminal !== undefined);
  const script =
    options.script === undefined
      ? undefined
      : await loadScript(options.script, options.quiet ? null : streams);
  if (options.unsetSecrets) unsetVariables(script?.secretNames ?? [], env);
  return prepareRecording({
    target,
    argv,
    env,
    input: script ?? rerecording?.input,
    size: options.windowSize ?? userTerminal?.size,
    widths: options.widths,
    timeoutMs: options.timeout,
    overwrite: options.overwrite ?? rerecording !== undefined,
    facts: options.manifest === undefined ? undefined : await readFacts(options.manifest),
    envNames: options.env,
    resolutionMs: options.resolution,
    frames: options.frames,
    extras: playerFacts(options),
    recorder: `@cassette/cli@${VERSION}`,
    scrub: scrubOptions(options, script),
  });
}

function scrubOptions({ scrub, rules, account }: RecordOptions, script?: Script) {
  return (
    scrub !== false && {
      rules,
      secretEnv: script?.secretNames,
      accountIdentifiers: account === undefined ? [] : [account],
      scanElsewhere: scanOnWorker,
      followOutput: followOnWorker,
    }
  );
}

/** Asks whether the new cassette may replace the old one. */
function approval({ approve }: Rerecording, target: string, signals: SignalWatch): RecordHooks["approve"] {
  return async (renewed) => {
    if (signals.received === null) await approve(renewed);
    if (signals.received !== null) throw interruptedRerecording(target);
  };
}

/** Half a recording does not replace a whole one. */
function interruptedRerecording(file: string): CassetteError {
  return new CassetteError(
    "CASSETTE_RECORDING_DIFFERS",
    "The new recording was interrupted; the existing one was kept.",
    { file },
  );
}

/** Loaded only if there are facts. */
async function loadServiceEvents({
  serviceEvents: source,
}: RecordOptions): Promise<ServiceEvents | undefined> {
  if (source === undefined) return undefined;
  const { openServiceEvents } = await import("../../recording/service-events.js");
  return openServiceEvents(source);
}

/** The recording is complete by now, even if writing its script fails. */
async function saveScript(target: string, file: string): Promise<void> {
  const { openCassette } = await import("@cassette/core");
  const { scriptOf, scriptText } = await import("@cassette/terminal/script");
  await using cassette = await openCassette(target);
  await writeFile(file, scriptText(await scriptOf(cassette)), { flag: "wx" });
}

/** What reads scripts is loaded where there is one. */
async function loadScript(file: string, streams: Streams | null): Promise<Script> {
  const { openScript } = await import("@cassette/terminal/script");
  const script = await openScript(file, process.env);
  for (const { line, what } of script.losses)
    streams?.stderr.write(`${escapeText(`${file}:${line}: left out: ${what}`)}\n`);
  return script;
}

async function lockAccount({ account, lockRoot }: RecordOptions) {
  if (account === undefined) return null;
  const state = process.env.XDG_STATE_HOME || join(homedir(), ".local/state");
  return acquireRecordLock(lockRoot ?? join(state, "cassette"), account);
}
