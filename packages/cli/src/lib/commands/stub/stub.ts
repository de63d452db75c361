import { once } from "node:events";
import { constants, openSync, statSync, writeFileSync } from "node:fs";
import { constants as system } from "node:os";
import { isatty } from "node:tty";
import {
  type Cassette,
  createStub,
  openCassette,
  type ReplayMode,
  type Stub,
  type StubOutcome,
  type StubReport,
} from "@cassette/core/reader";
import { CassetteError, type Exit, type JsonValue, signalName, type Terminal } from "@cassette/format";
import { endBySignal } from "../../output/end-by-signal.js";
import { escapeJson } from "../../output/escape-text.js";
import { STUB_FAILED } from "../../output/exit-status.js";
import { releaseTerminal } from "../../output/release-terminal.js";
import { stty } from "../../output/stty.js";
import { STUB_TIMEOUT_MS } from "../../stub-timeout.js";
import { noteCall } from "./stub-calls.js";

/** Variable with the modes a terminal had before an installed stub made it raw. */
export const STUB_TERMINAL_MODES = "CASSETTE_STUB_TERMINAL_MODES";

const STDIN = 0;
const STDOUT = 1;

/** Options of `cassette stub`. */
export interface StubCommandOptions {
  mode: ReplayMode;
  /** Factor by which "scaled" is slower than the recording. */
  scale: number;
  /** Milliseconds to wait for an input; 0 waits for ever. */
  timeout: number;
  /** Compare inputs by their meaning rather than by their bytes. */
  normalise?: boolean;
  /** Where to write a report of a failure: a path or the number of a descriptor. */
  report?: string;
  /** Whether recorded resizes are awaited. */
  resizes: "wait" | "ignore";
  /** What arguments mean that were not recorded, with a single recording: it plays after a warning, or not at all. */
  whenStale: "warn" | "fail";
}

/** The defaults of `cassette stub`. */
export const STUB_DEFAULTS: StubCommandOptions = {
  mode: "collapsed",
  scale: 1,
  timeout: STUB_TIMEOUT_MS,
  resizes: "ignore",
  whenStale: "fail",
};

/**
 * Behaves as the recorded program: only the recording appears on its terminal.
 * @returns the exit status; a recorded signal ends the process itself.
 */
export async function stub(
  dirs: string[],
  args: string[] | null,
  options: StubCommandOptions,
): Promise<number> {
  // First of all: input typed before this would be echoed.
  const terminal = prepareTerminal();
  // Chosen now: after a hang-up a terminal is no longer reported as one.
  const report = reportTarget(options.report);
  const played = await playStub(dirs, args, options).finally(terminal.restore);
  if (played === null) return await fail(report, { reason: "no-recording", arguments: args, of: dirs });
  const { dir, outcome, hasOtherArguments } = played;
  if (hasOtherArguments && report !== undefined && outcome.ok)
    await writeReport(report, { warning: OTHER_ARGUMENTS, arguments: args, cassette: dir });
  if (outcome.ok && outcome.final.exit) return endAsRecorded(outcome.final.exit);
  if (outcome.ok)
    return await fail(report, { reason: "no-recorded-end", cassette: dir, seq: outcome.final.seq });
  return await fail(report, { ...describe(outcome.report, dir), ...warningOf(played) });
}

/** What else may explain that an input differs. */
function warningOf({ hasOtherArguments, recordedTerminal }: Played): { warning?: string } {
  const warnings = [hasOtherArguments ? OTHER_ARGUMENTS : null, otherSize(recordedTerminal)].filter(Boolean);
  return warnings.length > 0 ? { warning: warnings.join(" ") } : {};
}

const OTHER_ARGUMENTS = "It was recorded with other arguments.";

/** Where a report of a failure goes: unless chosen, to standard error if that is no terminal. */
function reportTarget(chosen: string | undefined): string | undefined {
  return chosen ?? process.env.CASSETTE_STUB_REPORT ?? (isatty(2) ? undefined : "2");
}

/** Opens a recording. A stub starts with every call of its program, so what reads archives is loaded only for one. */
async function openStubbed(path: string): Promise<Cassette> {
  if (!path.includes("://") && statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    return openCassette(path);
  const { openCassetteAt } = await import("@cassette/terminal/recordings");
  return openCassetteAt(path);
}

/** Chooses the recording to play; null if no recording has these arguments. */
async function chooseRecording(
  dirs: string[],
  args: string[] | null,
  { whenStale }: StubCommandOptions,
): Promise<{ dir: string; hasOtherArguments: boolean } | null> {
  const chosen = args === null ? dirs[0] : await chooseByArguments(dirs, args);
  const hasOtherArguments = chosen === undefined && dirs.length === 1 && whenStale === "warn";
  const dir = hasOtherArguments ? dirs[0] : chosen;
  return dir === undefined ? null : { dir, hasOtherArguments };
}

/** A recording that was played, and how that ended. */
interface Played {
  dir: string;
  outcome: StubOutcome;
  hasOtherArguments: boolean;
  recordedTerminal: Terminal;
}

/** Plays a recording to its driver; null if no recording has these arguments. */
async function playStub(
  dirs: string[],
  args: string[] | null,
  options: StubCommandOptions,
): Promise<Played | null> {
  const chosen = await chooseRecording(dirs, args, options);
  if (chosen === null) return null;
  const { dir, hasOtherArguments } = chosen;
  noteCall(dir.includes("://") ? new URL(dir).pathname : dir);
  const cassette = await openStubbed(dir);
  const stub = createStub(cassette, {
    write: async (bytes) => {
      if (process.stdout.destroyed || process.stdout.write(bytes)) return;
      // Rejects when the reader is gone: then printing has no purpose.
      await once(process.stdout, "drain").catch(() => {});
    },
    mode: options.mode,
    scale: options.scale,
    ...(options.timeout > 0 && { timeoutMs: options.timeout }),
    ...(options.normalise && { normalise: await normaliser() }),
    resizes: options.resizes,
  });
  if (options.resizes === "wait") watchSize(stub);
  process.stdin.on("data", (bytes: Buffer) => stub.receive(bytes));
  for (const end of ["end", "error"]) process.stdin.on(end, () => stub.hangUp());
  // Other listeners would end the process quietly, but a driver that disappears must be reported.
  process.stdout.removeAllListeners("error").on("error", () => stub.hangUp());
  process.on("SIGHUP", () => stub.hangUp());
  const outcome = await stub.run();
  process.stdin.destroy();
  await cassette.close();
  return { dir: cassette.dir, outcome, hasOtherArguments, recordedTerminal: cassette.manifest.terminal };
}

/** @throws CassetteError CASSETTE_USAGE if there is no terminal. */
function watchSize(stub: Stub): void {
  const { stdout } = process;
  if (!stdout.isTTY)
    throw new CassetteError("CASSETTE_USAGE", "Standard output is no terminal: it has no size to wait for.", {
      hint: "Leave out `--resizes wait`.",
    });
  const report = () => stub.resized({ rows: stdout.rows, cols: stdout.columns });
  report();
  stdout.on("resize", report);
}

/**
 * Makes the terminal raw, without echo and output processing: the recording contains the echo and the line ends already.
 * @throws CassetteError CASSETTE_USAGE if it has no modes to be set.
 */
function prepareTerminal(): { restore(): void } {
  const terminal = [STDIN, STDOUT].find((descriptor) => isatty(descriptor));
  if (terminal === undefined) return { restore() {} };
  const isRaw = process.env[STUB_TERMINAL_MODES] !== undefined;
  const saved = process.env[STUB_TERMINAL_MODES] ?? stty(terminal, "-g");
  if (saved === null || (!isRaw && stty(terminal, "raw", "-echo") === null))
    throw new CassetteError("CASSETTE_USAGE", "The terminal's modes cannot be set.", {
      hint: "`stty` is needed, of coreutils.",
    });
  const restore = () => void stty(terminal, saved);
  // However the process ends, the terminal is restored.
  process.once("exit", restore).once("exit", () => letGo(terminal));
  if (isRaw) answerSignals(restore);
  return {
    restore() {
      process.off("exit", restore);
      restore();
    },
  };
}

/**
 * Keeps Node from putting the terminal back to what it was when Node started, raw perhaps, or gone by now. It stays open until the
 * process is gone: the driver would hang up on a terminal that no process has open.
 */
function letGo(terminal: number): void {
  try {
    openSync(`/dev/fd/${terminal}`, constants.O_RDONLY | constants.O_NOCTTY);
  } catch {
    // The terminal was hung up.
  }
  releaseTerminal();
}

/** Node answers these by putting the terminal back to what it was when Node started: raw. */
function answerSignals(restore: () => void): void {
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => {
      restore();
      endBySignal(name);
    });
}

/** A terminal of another size than recorded may explain a difference. */
function otherSize({ initial_rows, initial_cols }: Terminal): string | null {
  const { rows, columns, isTTY } = process.stdout;
  if (!isTTY || (rows === initial_rows && columns === initial_cols)) return null;
  return `The terminal is ${columns}x${rows}; ${initial_cols}x${initial_rows} was recorded.`;
}

/** Selects the recording whose program had these arguments; in place of what was masked there may be anything. */
async function chooseByArguments(dirs: string[], args: string[]): Promise<string | undefined> {
  const recordings: { dir: string; recorded: string[] }[] = [];
  for (const dir of dirs) {
    const cassette = await openStubbed(dir);
    await cassette.close();
    const { argv } = cassette.manifest.command;
    // Of a recording that does not name its program, nothing can differ.
    if (argv === undefined && dirs.length === 1) return dir;
    const [, ...recorded] = argv ?? [];
    if (recorded.length === args.length) recordings.push({ dir, recorded });
  }
  const isEvery = (isSame: (recorded: string, now: string) => boolean) =>
    recordings.find(({ recorded }) =>
      recorded.every((argument, index) => isSame(argument, args[index] ?? "")),
    );
  const exact = isEvery((recorded, now) => recorded === now);
  if (exact || recordings.length === 0) return exact?.dir;
  const { matchesMasked } = await import("@cassette/scrub");
  return isEvery(matchesMasked)?.dir;
}

function endAsRecorded(exit: Exit): number {
  if (!exit.Signaled) return exit.Code;
  const name = signalName(exit.Signal);
  const number = (system.signals as Record<string, number | undefined>)[name ?? ""];
  if (name === null || number === undefined) return 128;
  endBySignal(name as NodeJS.Signals);
  return 128 + number;
}

/** On several lines, and escaped: a recording's path may contain anything, too. */
function safeJson(what: JsonValue): string {
  return JSON.stringify(what, null, 2).split("\n").map(escapeJson).join("\n");
}

/**
 * Writes a report, if one was requested: never to a terminal, which may be the one being driven. It is scrubbed: what was typed
 * and the arguments may be secrets that were never recorded.
 */
async function fail(report: string | undefined, what: { [key: string]: JsonValue }): Promise<number> {
  if (report !== undefined) await writeReport(report, what);
  return STUB_FAILED;
}

async function writeReport(report: string, what: { [key: string]: JsonValue }): Promise<void> {
  const { createScrubber, environmentSecrets } = await import("@cassette/scrub");
  const scrubbed = createScrubber({ secrets: environmentSecrets(process.env) }).scrubJson(what).value;
  const target = /^\d+$/.test(report) ? Number(report) : report;
  try {
    writeFileSync(target, `${safeJson(scrubbed)}\n`);
  } catch (cause) {
    throw new CassetteError("CASSETTE_WRITE_FAILED", "The report cannot be written.", {
      file: report,
      cause,
    });
  }
}

/** A report in words. */
function describe({ reason, seq, t_ms, expected, got, at, screen }: StubReport, dir: string) {
  const shown = (bytes: Uint8Array) => Buffer.from(bytes).toString();
  return {
    reason,
    cassette: dir,
    seq,
    t_ms,
    expected: shown(expected),
    got: shown(got),
    first_difference: at,
    screen: [...(screen?.text ?? [])],
    play: `cassette play ${dir} --from ${(t_ms / 1_000).toFixed(3)}s`,
  };
}

/** Line ends, paste brackets and values that vary from run to run count as equal. */
async function normaliser(): Promise<(text: string) => string> {
  const { createScrubber } = await import("@cassette/scrub");
  const { maskText, readConfig } = await import("@cassette/terminal/masks");
  const { normalise } = createScrubber();
  const { masks } = await readConfig();
  return (text) =>
    normalise(
      maskText(text, masks)
        .replace(/\x1b\[20[01]~/g, "")
        .replace(/\r\n?|\n/g, "\n"),
    );
}
