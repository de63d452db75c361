import { readFile } from "node:fs/promises";
import { CassetteError, type ScrubReport, type TerminalSize } from "@cassette/format";
import { createXtermEmulator } from "@cassette/frames";
import { createPtyDriver } from "@cassette/pty";
import { DEFAULT_SIZE } from "../arguments.js";
import { escapeText } from "../output/escape-text.js";
import { EXIT } from "../output/exit-status.js";
import type { Streams } from "../output/report-error.js";
import { observeManifest } from "../recording/manifest-facts.js";
import { type RecordingOutcome, type RecordingRequest, recordProgram } from "../recording/record-program.js";
import { listenForSignals, signalStatus } from "../recording/signals.js";
import type { Step } from "../script/steps.js";
import { observeScrubSettings, settingsToJson } from "../sealing/scrub-settings.js";
import { sealOptions } from "../sealing/seal-options.js";
import { screenText } from "./frames.js";

/** Options of `cassette record`, as the command line gives them. */
export interface RecordOptions {
  script?: string;
  windowSize?: TerminalSize;
  timeout?: number;
  overwrite?: boolean;
  return?: boolean;
  /** False seals without scrubbing. */
  scrub?: boolean;
  /** Path of a rules file. */
  rules?: string;
  quiet?: boolean;
}

/** Records a program and says what came of it. */
export async function record(
  target: string,
  argv: [string, ...string[]],
  options: RecordOptions,
  streams: Streams,
): Promise<number> {
  const { script: file, windowSize: size = DEFAULT_SIZE, timeout: timeoutMs, overwrite = false } = options;
  const script = file === undefined ? undefined : { file, steps: await readScript(file) };
  const emulator = createXtermEmulator(size);
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const signals = listenForSignals();
  const manifest = await observeManifest({
    argv,
    size,
    env: process.env,
    emulator: emulator.identity,
    timeoutMs,
  });
  const onFailedScript = (rows: readonly string[], spool: string) => {
    streams.stderr.write(`The last screen:\n${framed(rows, size.cols)}\n`);
    streams.stderr.write(`What was recorded until then is kept in ${escapeText(spool)}\n`);
  };
  const settings = await observeScrubSettings({ env: process.env, cwd: process.cwd(), rules: options.rules });
  const request: RecordingRequest = {
    target,
    overwrite,
    argv,
    size,
    manifest,
    scrub: settingsToJson(settings),
    timeoutMs,
    script,
    interrupt: signals.interrupt,
    onFailedScript,
  };
  if (!options.quiet && streams.stderr.isTTY)
    streams.stderr.write(`Recording ${escapeText(argv[0])} … Ctrl-C ends it.\n`);
  try {
    const seal = sealOptions(options.scrub === false ? null : settings);
    const outcome = await recordProgram(request, { driver: createPtyDriver(), emulator, clock, seal });
    if (!options.quiet) streams.stderr.write(`${summary(target, outcome)}\n`);
    if (signals.received) return signalStatus(signals.received);
    return options.return ? programStatus(outcome) : EXIT.done;
  } finally {
    signals.stop();
    emulator.close();
  }
}

async function readScript(file: string): Promise<Step[]> {
  const { parseScript } = await import("../script/parse-script.js");
  return parseScript(await readText(file), file);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new CassetteError("CASSETTE_USAGE", "The script cannot be read.", { file, cause: error });
  }
}

function summary(target: string, outcome: RecordingOutcome): string {
  const { exit, bytes, durationMs, interrupted, report } = outcome;
  const how = exit.signal === null ? `exit ${exit.code}` : exit.signal;
  const why = interrupted ? ", interrupted" : exit.timedOut ? ", timed out" : "";
  const facts = `${(durationMs / 1_000).toFixed(1)} s, ${bytes} bytes, ${how}${why}, ${scrubbed(report)}`;
  return `${escapeText(target)}: ${facts}. Next: cassette play ${escapeText(target)}`;
}

function scrubbed({ status, hit_counts }: ScrubReport): string {
  if (status === "not-run") return "not scrubbed";
  const hits = Object.values(hit_counts ?? {}).reduce((sum, count) => sum + count, 0);
  return hits === 1 ? "1 redaction" : `${hits || "no"} redactions`;
}

function programStatus({ exit }: RecordingOutcome): number {
  return exit.signal === null ? (exit.code ?? EXIT.failed) : signalStatus(exit.signal);
}

/** A screen between two lines, so that its blanks can be seen. */
function framed(rows: readonly string[], cols: number): string {
  const edge = "─".repeat(cols);
  return `${edge}\n${screenText(rows)}\n${edge}`;
}
