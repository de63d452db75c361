import { homedir } from "node:os";
import { join } from "node:path";
import { acquireRecordLock, scrubStatedFacts, systemClock } from "@cassette/core";
import { CassetteError, type FreeMap, isCassetteError, type TerminalSize } from "@cassette/format";
import {
  createXtermEmulator,
  DEFAULT_POLICY,
  type FramePolicy,
  type WidthPolicy,
  xtermIdentity,
} from "@cassette/frames";
import { createPtyDriver } from "@cassette/pty";
import { DEFAULT_SIZE } from "../arguments.js";
import { mergeFacts, readFacts } from "../facts-file/read-facts.js";
import { escapeText, screenText } from "../output/escape-text.js";
import { EXIT } from "../output/exit-status.js";
import { reportError, type Streams } from "../output/report-error.js";
import { shellWord } from "../output/shell-word.js";
import { keptSpoolText } from "../recording/kept-spool.js";
import { observeManifest } from "../recording/manifest-facts.js";
import { DEFAULT_MARK_KEY, markSequences } from "../recording/mark-key.js";
import { modeReaderProblem } from "../recording/mode-reader.js";
import { createParentFolder } from "../recording/parent-folder.js";
import { openPersonTerminal, type PersonTerminal } from "../recording/person-end.js";
import { programEnv } from "../recording/program-env.js";
import { type RecordingOutcome, type RecordingRequest, recordProgram } from "../recording/record-program.js";
import type { Typist } from "../recording/run-session.js";
import type { ServiceEvents } from "../recording/service-events.js";
import { listenForSignals, signalStatus } from "../recording/signals.js";
import { openStandardInput, type StandardInput } from "../recording/standard-input/open-standard-input.js";
import { targetName } from "../recording/target-name.js";
import { unsetVariables } from "../recording/unset-variables.js";
import type { OpenScript } from "../script/open-script.js";
import { keptSettings } from "../sealing/kept-settings.js";
import { describeUnmasked } from "../sealing/observed-names.js";
import { createProgressLine } from "../sealing/progress.js";
import { redactionsIn } from "../sealing/redactions.js";
import { observeScrubSettings } from "../sealing/scrub-settings.js";
import { sealAfter } from "../sealing/seal-options.js";

/** Options of `cassette record`, as the command line gives them. */
export interface RecordOptions {
  script?: string;
  /** The program does not inherit the variables that the script's `secret:` steps name. */
  unsetSecrets?: boolean;
  windowSize?: TerminalSize;
  widths?: WidthPolicy;
  /** No keyboard input, although there is a terminal. */
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

/** A recording that takes the place of another. */
interface Renewal {
  /** Does what was done to the other one, unless the options name a script. */
  typist?: Typist;
  /** May refuse the new cassette before it replaces the other. */
  approve: (dir: string) => Promise<void>;
}

/** What a caller of {@link record} may add to its options. */
export interface RecordExtras {
  renewal?: Renewal;
  /** Whether a recording that failed with this error is of no use. Default: none is. */
  isDispensable?: (error: unknown) => Promise<boolean>;
}

/** Records a program and says what came of it. */
export async function record(
  named: string | undefined,
  argv: [string, ...string[]],
  options: RecordOptions,
  streams: Streams,
  { renewal, isDispensable }: RecordExtras = {},
): Promise<number> {
  const { script: file, timeout: timeoutMs, overwrite = renewal !== undefined } = options;
  checkNames(options.env ?? []);
  if (options.account !== undefined && options.account.length < 2)
    throw new CassetteError("CASSETTE_USAGE", "An account's name has two characters or more.");
  const target = named ?? targetName(argv[0], new Date());
  const markKeys = markKeysOf(options);
  const person = renewal ? undefined : openPerson(options, markKeys);
  const input = renewal || person ? undefined : openInput(options);
  const size = options.windowSize ?? person?.size ?? DEFAULT_SIZE;
  const emulator = xtermIdentity(options.widths ?? "unicode11");
  const env = programEnv(options.term, person !== undefined);
  const script = file === undefined ? undefined : await loadScript(file);
  if (options.unsetSecrets) unsetVariables(script?.secretNames ?? [], env);
  const stated = options.manifest === undefined ? { manifest: {} } : await readFacts(options.manifest);
  // It waits for git and the disk; what makes the scrubber does not.
  const observing = observeManifest({
    argv,
    size,
    env,
    emulator,
    timeoutMs,
    envNames: options.env ?? [],
    resolutionMs: options.resolution ?? RESOLUTION_MS,
    cassette: playerFacts(options),
    now: systemClock.now(),
  });
  const checkingModes = modeReaderProblem();
  const { serviceEvents: source, account } = options;
  const onFailedScript = (rows: readonly string[], typedSecrets: readonly string[]) => {
    const { text } = seal(typedSecrets).redactor?.scrubText(rows.join("\n")) ?? { text: rows.join("\n") };
    streams.stderr.write(`The last screen:\n${framed(text.split("\n"), size.cols)}\n`);
  };
  const onKept = (spool: string) => {
    progress.clear();
    streams.stderr.write(`${keptSpoolText(spool)}\n`);
  };
  const onStarted = () => {
    if (!options.quiet && streams.stderr.isTTY)
      streams.stderr.write(`${announcement(argv[0], options, person)}\n`);
  };
  const observed = await observeScrubSettings({
    env: process.env,
    cwd: process.cwd(),
    rules: options.rules,
    secretEnv: script?.secretNames ?? [],
    accountIdentifiers: account === undefined ? [] : [account],
  });
  const problem = await checkingModes;
  if (problem !== null && !options.quiet) streams.stderr.write(`Input will be withheld: ${problem}.\n`);
  const progress = createProgressLine(streams.stderr);
  const seal = sealAfter(options.scrub === false ? null : observed.settings, {
    onProgress: options.quiet ? undefined : progress.update,
  });
  const merged = { ...stated, manifest: mergeFacts(await observing, stated.manifest) };
  const { facts, found } = scrubStatedFacts(merged, seal([]).redactor);
  const onSecond = () =>
    void streams.stderr.write(`Ended at once. Next: cassette recover ${shellWord(target)}\n`);
  // Before this nothing is kept, and a signal ends even what does not return to the event loop.
  const signals = listenForSignals(onSecond);
  const request: RecordingRequest = {
    target,
    overwrite,
    argv,
    env,
    size,
    facts,
    serviceEvents: source === undefined ? undefined : await loadServiceEvents(source),
    scrub: keptSettings(observed, found),
    timeoutMs,
    typist: script ?? renewal?.typist,
    approve:
      renewal &&
      (async (renewed) => {
        if (signals.received === null) await renewal.approve(renewed);
        if (signals.received !== null) throw interruptedRenewal(target);
      }),
    interrupt: signals.interrupt,
    onWarning: (sentence) => void streams.stderr.write(`warning: ${sentence}\n`),
    onStarted,
    onFailedScript,
    onKept,
    isDispensable,
  };
  const lock = account === undefined ? null : await acquireRecordLock(lockRoot(options), account);
  const removeParent = createParentFolder(target);
  try {
    const tools = {
      driver: createPtyDriver(),
      createEmulator: (now: TerminalSize) => createXtermEmulator(now, emulator),
      clock: systemClock,
      seal: (typedSecrets: readonly string[]) => ({ ...seal(typedSecrets), found }),
      person,
      input,
    };
    const outcome = await recordProgram(request, tools).finally(progress.clear);
    if (!options.quiet) streams.stderr.write(`${summary(target, outcome)}\n`);
    if (!options.quiet && options.scrub !== false && observed.unmasked.length > 0)
      streams.stderr.write(`${escapeText(describeUnmasked(observed.unmasked))}\n`);
    if (outcome.isUnreadable) streams.stderr.write(`${UNREADABLE}\n`);
    if (outcome.cursorDifferences > 0)
      streams.stderr.write(`${otherColumns(outcome.cursorDifferences, options.widths)}\n`);
    if (outcome.refusedEvents > 0) streams.stderr.write(`${refusal(outcome.refusedEvents)}\n`);
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

/** Finest time that is kept: at the library's 100 ms nothing can be seen to settle. */
const RESOLUTION_MS = 1;

/** Half a recording does not replace a whole one. */
function interruptedRenewal(file: string): CassetteError {
  return new CassetteError(
    "CASSETTE_RECORDING_DIFFERS",
    "The new recording was interrupted; the existing one was kept.",
    { file },
  );
}

/** What goes into `manifest.optional.cassette`. */
function playerFacts({ title, idleTimeLimit, frames }: RecordOptions): FreeMap {
  return {
    ...(title !== undefined && { title }),
    ...(idleTimeLimit !== undefined && { idle_time_limit_s: idleTimeLimit }),
    frame_policy: { ...(frames ?? DEFAULT_POLICY) },
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

/** Names go into the manifest unchanged. An error does not repeat a value that was given with one. */
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
function openPerson({ script, headless }: RecordOptions, markKeys: string[]): PersonTerminal | undefined {
  if (headless || script !== undefined || !process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  return openPersonTerminal(markKeys);
}

/** Standard input as data for the program, unless a terminal or a script types. */
function openInput({ script, headless }: RecordOptions): StandardInput | undefined {
  return headless || script !== undefined || process.stdin.isTTY ? undefined : openStandardInput();
}

function announcement(
  program: string,
  { markKey = DEFAULT_MARK_KEY }: RecordOptions,
  person?: PersonTerminal,
): string {
  if (!person) return `Recording ${escapeText(program)} … Ctrl-C ends it.`;
  const mark = markKey === "none" ? "" : ` ${markKey} makes a mark.`;
  return `Recording ${escapeText(program)} until it ends.${mark}`;
}

/** What reads them is loaded where there are any. */
async function loadServiceEvents(source: string): Promise<ServiceEvents> {
  const { openServiceEvents } = await import("../recording/service-events.js");
  return openServiceEvents(source);
}

/** What reads scripts is loaded where there is one. */
async function loadScript(file: string): Promise<OpenScript> {
  const { openScript } = await import("../script/open-script.js");
  return openScript(file, process.env);
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

/** A screen between two lines, so that its blanks can be seen. */
function framed(rows: readonly string[], cols: number): string {
  const edge = "─".repeat(cols);
  return `${edge}\n${screenText(rows)}\n${edge}`;
}
