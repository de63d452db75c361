import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { acquireRecordLock } from "@cassette/core";
import { CassetteError, type FreeMap, isCassetteError, type TerminalSize } from "@cassette/format";
import type { FramePolicy } from "@cassette/frames";
import {
  type InputSource,
  prepareRecording,
  type RecordHooks,
  type RecordingOutcome,
  recordPlanned,
} from "@cassette/terminal";
import type { WidthPolicy } from "@cassette/terminal/parts";
import type { Script } from "@cassette/terminal/script";
import { describeUnmasked } from "@cassette/terminal/scrubbing";
import { readFacts } from "../../facts-file/read-facts.js";
import { escapeText, screenText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import { reportError, type Streams } from "../../output/report-error.js";
import { shellWord } from "../../output/shell-word.js";
import { openUserTerminal, type UserTerminal } from "../../recording/attached-terminal.js";
import { createAttacher } from "../../recording/create-attacher.js";
import { keptSpoolText } from "../../recording/kept-spool.js";
import { DEFAULT_MARK_KEY, markSequences } from "../../recording/mark-key.js";
import { modeReaderProblem } from "../../recording/mode-reader.js";
import { createParentFolder } from "../../recording/parent-folder.js";
import { programEnv } from "../../recording/program-env.js";
import type { ServiceEvents } from "../../recording/service-events.js";
import { openStandardInput, type StandardInput } from "../../recording/standard-input/open-standard-input.js";
import { targetName } from "../../recording/target-name.js";
import { unsetVariables } from "../../recording/unset-variables.js";
import { createProgressLine } from "../../sealing/progress.js";
import { redactionsIn } from "../../sealing/redactions.js";
import { followOnWorker, scanOnWorker } from "../../sealing/scan-on-worker.js";
import { listenForSignals, type SignalWatch, signalStatus } from "../../signals.js";
import { VERSION } from "../../version.js";

/** Options of `cassette record`, as the command line gives them. */
export interface RecordOptions {
  script?: string;
  /** Path of a file that receives a script of what was recorded. */
  saveScript?: string;
  /** The program does not inherit the variables that the script's `secret:` steps name. */
  unsetSecrets?: boolean;
  windowSize?: TerminalSize;
  widths?: WidthPolicy;
  /** Do not use the terminal or standard input. */
  headless?: boolean;
  /** The key that makes a mark; "none" for none. */
  markKey?: string;
  /** TERM of the program. */
  term?: string;
  timeout?: number;
  /** Seconds to which a player shortens pauses. */
  idleTimeLimit?: number;
  title?: string;
  env?: string[];
  /** Milliseconds. */
  resolution?: number;
  frames?: FramePolicy;
  /** Path of a file with facts. */
  manifest?: string;
  /** Path or descriptor of JSON lines. */
  serviceEvents?: string;
  account?: string;
  lockRoot?: string;
  overwrite?: boolean;
  return?: boolean;
  /** False seals without scrubbing. */
  scrub?: boolean;
  /** Path of a rules file. */
  rules?: string;
  quiet?: boolean;
}

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
  argv: [string, ...string[]],
  options: RecordOptions,
  streams: Streams,
  extras: RecordExtras = {},
): Promise<number> {
  const { script: file, account, quiet } = options;
  const { rerecording } = extras;
  checkNames(options.env ?? []);
  if (options.saveScript !== undefined) refuseExisting(options.saveScript);
  if (account !== undefined && account.length < 2)
    throw new CassetteError("CASSETTE_USAGE", "An account's name has two characters or more.");
  const target = named ?? targetName(argv[0], new Date());
  const userTerminal = rerecording ? undefined : openUserTerminalFor(options, markKeysOf(options));
  const data = rerecording || userTerminal ? undefined : openInput(options);
  const env = programEnv(options.term, userTerminal !== undefined);
  const script = file === undefined ? undefined : await loadScript(file, quiet ? null : streams);
  if (options.unsetSecrets) unsetVariables(script?.secretNames ?? [], env);
  const checkingModes = modeReaderProblem();
  const plan = await prepareRecording({
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
    scrub: options.scrub !== false && {
      rules: options.rules,
      secretEnv: script?.secretNames,
      accountIdentifiers: account === undefined ? [] : [account],
      scanElsewhere: scanOnWorker,
      followOutput: followOnWorker,
    },
  });
  const problem = await checkingModes;
  if (problem !== null && !quiet) streams.stderr.write(`Input will be withheld: ${problem}.\n`);
  // Before this nothing is kept, and a signal ends even what does not return to the event loop.
  const signals = listenForSignals(
    () => void streams.stderr.write(`Ended at once. Next: cassette recover ${shellWord(target)}\n`),
  );
  const warn = (sentence: string) => void streams.stderr.write(`warning: ${sentence}\n`);
  const { serviceEvents: source } = options;
  const serviceEvents = source === undefined ? undefined : await loadServiceEvents(source);
  const attacher = createAttacher({ userTerminal, data, serviceEvents, warn });
  const progress = createProgressLine(streams.stderr);
  const lock = account === undefined ? null : await acquireRecordLock(lockRoot(options), account);
  const removeParent = createParentFolder(target);
  try {
    const hooks: RecordHooks = {
      signal: signals.interrupt,
      attach: attacher.attach,
      approve: rerecording && approval(rerecording, target, signals),
      isDispensable: extras.isDispensable,
      onStarted() {
        if (quiet || !streams.stderr.isTTY) return;
        streams.stderr.write(`${announcement(argv[0], options, userTerminal)}\n`);
      },
      onFailedInput: (rows) =>
        void streams.stderr.write(`The last screen:\n${framed(rows, plan.size.cols)}\n`),
      onKept(spool) {
        progress.clear();
        streams.stderr.write(`${keptSpoolText(spool)}\n`);
      },
      onProgress: quiet ? undefined : progress.update,
    };
    const outcome = await recordPlanned(plan, hooks).finally(progress.clear);
    if (!quiet) streams.stderr.write(`${summary(target, outcome)}\n`);
    if (options.saveScript !== undefined) await saveScript(target, options.saveScript);
    if (options.saveScript !== undefined && !quiet)
      streams.stderr.write(`${savedScriptText(target, options.saveScript)}\n`);
    if (!quiet && outcome.unmasked.length > 0)
      streams.stderr.write(`${escapeText(describeUnmasked(outcome.unmasked))}\n`);
    if (outcome.isUnreadable) streams.stderr.write(`${UNREADABLE}\n`);
    if (outcome.cursorDifferences > 0)
      streams.stderr.write(`${otherColumns(outcome.cursorDifferences, options.widths)}\n`);
    if (attacher.refusedEvents > 0) streams.stderr.write(`${refusal(attacher.refusedEvents)}\n`);
    if (signals.received) return signalStatus(signals.received);
    return options.return ? programStatus(outcome) : EXIT.success;
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

/** What goes into `manifest.optional.cassette`. */
function playerFacts({ title, idleTimeLimit }: RecordOptions): FreeMap {
  return {
    ...(title !== undefined && { title }),
    ...(idleTimeLimit !== undefined && { idle_time_limit_s: idleTimeLimit }),
  };
}

function lockRoot({ lockRoot: given }: RecordOptions): string {
  return given ?? join(process.env.XDG_STATE_HOME || join(homedir(), ".local/state"), "cassette");
}

const UNREADABLE =
  "Input was withheld: `stty` could not read the terminal's modes, which show whether a password is typed. Next: cassette doctor";

/** What makes the two differ most often is how many columns an emoji takes. */
function otherColumns(count: number, widths: WidthPolicy = "unicode11"): string {
  const other = widths === "unicode11" ? "graphemes" : "unicode11";
  return `The terminal had its cursor in another column than the frames (${count}×). If emoji are the reason: --widths ${other}`;
}

function refusal(count: number): string {
  return count === 1
    ? "1 line of the service events is not JSON and was left out."
    : `${count} lines of the service events are not JSON and were left out.`;
}

/** Names go into the manifest unchanged. The error must not repeat a value given as NAME=VALUE. */
function checkNames(names: readonly string[]): void {
  if (names.every((name) => /^[^=]+$/.test(name))) return;
  throw new CassetteError("CASSETTE_USAGE", "--env takes the name of a variable, without a value.", {
    hint: "The program has the variables that the command has: NAME=VALUE cassette record --env NAME …",
  });
}

function markKeysOf({ markKey = DEFAULT_MARK_KEY }: RecordOptions): string[] {
  return markKey === "none" ? [] : markSequences(markKey);
}

/** The user's terminal, if there is one and no script types. */
function openUserTerminalFor(
  { script, headless }: RecordOptions,
  markKeys: string[],
): UserTerminal | undefined {
  if (headless || script !== undefined || !process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  return openUserTerminal(markKeys);
}

/** Standard input as data for the program, unless a terminal or a script types. */
function openInput({ script, headless }: RecordOptions): StandardInput | undefined {
  return headless || script !== undefined || process.stdin.isTTY ? undefined : openStandardInput();
}

function announcement(
  program: string,
  { markKey = DEFAULT_MARK_KEY }: RecordOptions,
  userTerminal?: UserTerminal,
): string {
  if (!userTerminal) return `Recording ${escapeText(program)} … Ctrl-C ends it.`;
  const mark = markKey === "none" ? "" : ` ${markKey} makes a mark.`;
  return `Recording ${escapeText(program)} until it ends.${mark}`;
}

/** Loaded only if there are facts. */
async function loadServiceEvents(source: string): Promise<ServiceEvents> {
  const { openServiceEvents } = await import("../../recording/service-events.js");
  return openServiceEvents(source);
}

/** The recording is there already, whatever happens to its script. */
/** What a saved script is good for. */
function savedScriptText(target: string, file: string): string {
  const next = `cassette script ${shellWord(target)} --scenario`;
  return `${escapeText(file)} records it again with --script. For a test: ${next}`;
}

async function saveScript(target: string, file: string): Promise<void> {
  const { openCassette } = await import("@cassette/core");
  const { scriptOf, scriptText } = await import("@cassette/terminal/script");
  await using cassette = await openCassette(target);
  await writeFile(file, scriptText(await scriptOf(cassette)), { flag: "wx" });
}

function refuseExisting(file: string): void {
  if (!existsSync(file)) return;
  throw new CassetteError("CASSETTE_TARGET_EXISTS", "The file for the script exists.", {
    file,
    hint: "Choose another name; a script that somebody may have edited is not replaced.",
  });
}

/** What reads scripts is loaded where there is one. */
async function loadScript(file: string, streams: Streams | null): Promise<Script> {
  const { openScript } = await import("@cassette/terminal/script");
  const script = await openScript(file, process.env);
  for (const { line, what } of script.losses)
    streams?.stderr.write(`${escapeText(`${file}:${line}: left out: ${what}`)}\n`);
  return script;
}

function summary(target: string, outcome: RecordingOutcome): string {
  const { exit, bytes, durationMs, interrupted, report } = outcome;
  const how = exit.signal === null ? `exit ${exit.code}` : exit.signal;
  const why = interrupted ? ", interrupted" : exit.timedOut ? ", timed out" : "";
  const facts = `${(durationMs / 1_000).toFixed(1)} s, ${bytes} bytes, ${how}${why}, ${redactionsIn(report)}`;
  return `${escapeText(target)}: ${facts}. Next: cassette play ${shellWord(target)}`;
}

function programStatus({ exit }: RecordingOutcome): number {
  return exit.signal === null ? (exit.code ?? EXIT.failure) : signalStatus(exit.signal);
}

/** A screen between two rules, so that its blank rows are visible. */
function framed(rows: readonly string[], cols: number): string {
  const edge = "─".repeat(cols);
  return `${edge}\n${screenText(rows)}\n${edge}`;
}
