import { stat } from "node:fs/promises";
import { type Cassette, findStaleness, openCassette } from "@cassette/core/reader";
import {
  ARTIFACT,
  CassetteError,
  cassetteExtras,
  type Exit,
  isCassetteError,
  signalName,
} from "@cassette/format";
import { isTimeout } from "@cassette/format/units";
import { identifyProgram } from "@cassette/pty";
import { isMaskedText, matchesMasked } from "@cassette/scrub";
import { createInputReplay, framePolicyOf } from "@cassette/terminal";
import { widthsOf } from "@cassette/terminal/parts";
import { isTermName } from "../../arguments.js";
import { readFacts } from "../../facts-file/read-facts.js";
import { askYesNo } from "../../output/ask.js";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { signalStatus } from "../../signals.js";
import { printDifferences } from "../diff/diff.js";
import { record } from "./record.js";
import { isVariableName, type RecordOptions } from "./record-options.js";

/** When to record: if there is no cassette yet, never, or always. */
type RecordMode = "once" | "none" | "all";

/** Options of `cassette record --mode`. */
export interface RecordModeOptions extends RecordOptions {
  mode: RecordMode;
  /** Milliseconds after which a recording is stale. */
  maxAge?: number;
  /** Whether a stale recording is an error or a warning. */
  stale?: "warn" | "fail";
}

type Argv = [string, ...string[]];

/** Records unless the mode keeps the existing recording. */
export async function recordByMode(
  dir: string,
  argv: Argv | null,
  options: RecordModeOptions,
  streams: Streams,
): Promise<number> {
  const { mode } = options;
  const isThere = (await stat(dir).catch(() => null)) !== null;
  if (!isThere && mode === "none") {
    throw new CassetteError(
      "CASSETTE_NOT_FOUND",
      "There is no recording, and --mode none does not make one.",
      {
        file: dir,
        hint: "To make one: cassette record --mode once DIR -- PROGRAM",
      },
    );
  }
  if (!isThere) return recordOnce(dir, demandProgram(argv), options, streams);
  await using cassette = await openCassette(dir);
  if (mode !== "all") return await keep(cassette, { dir, argv, options, streams });
  demandRules(cassette, dir, options);
  const { argv: recorded, ...inherited } = recordedOptions(cassette);
  if (argv === null) demandUnmasked(cassette, dir);
  const input = options.script === undefined ? await createInputReplay(cassette, dir) : undefined;
  const approve = (renewed: string) => approveRerecording(cassette, renewed, { dir, options, streams });
  return await record(dir, argv ?? demandProgram(recorded), { ...inherited, ...options }, streams, {
    rerecording: { input, approve },
    isDispensable: async (error) => isCassetteError(error, "CASSETTE_RECORDING_DIFFERS"),
  }).catch((error) => {
    throw isCassetteError(error, "CASSETTE_WAIT_FAILED") ? withWayOut(error) : error;
  });
}

/** A script waits for what may be the very text that has changed. */
function withWayOut({ code, message, ...details }: CassetteError): CassetteError {
  const wayOut = "Without --script, the recorded input is sent again, and you see what has changed.";
  const hint = details.hint === undefined ? wayOut : `${details.hint} ${wayOut}`;
  return new CassetteError(code, message, { ...details, hint });
}

/** Records; if another process recorded the same cassette in the meantime, that one is kept. */
async function recordOnce(
  dir: string,
  argv: Argv,
  options: RecordModeOptions,
  streams: Streams,
): Promise<number> {
  const isBeaten = async (error: unknown) =>
    isCassetteError(error, "CASSETTE_TARGET_EXISTS") && (await isCassette(dir));
  try {
    return await record(dir, argv, options, streams, { isDispensable: isBeaten });
  } catch (error) {
    if (!(await isBeaten(error))) throw error;
    await using winner = await openCassette(dir);
    return await keep(winner, { dir, argv, options, streams });
  }
}

async function isCassette(dir: string): Promise<boolean> {
  try {
    await using _ = await openCassette(dir);
    return true;
  } catch {
    return false;
  }
}

interface Kept {
  dir: string;
  argv: Argv | null;
  options: RecordModeOptions;
  streams: Streams;
}

/** Keeps the existing recording, and reports if it is stale. */
async function keep({ manifest, final }: Cassette, { dir, argv, options, streams }: Kept): Promise<number> {
  const program = argv === null ? null : await identifyProgram({ argv });
  const stated = options.manifest === undefined ? null : await readFacts(options.manifest);
  const rules = {
    maxAgeMs: options.maxAge,
    binarySha256: program?.sha256,
    binaryVersion: stated?.manifest.harness?.binary_version,
    ...(argv !== null && { argv, isSameArgument: matchesMasked }),
  };
  for (const { message } of findStaleness(manifest, rules, Date.now())) {
    const hint = "Record again: cassette record --mode all";
    if (options.stale === "fail")
      throw new CassetteError("CASSETTE_RECORDING_STALE", message, { file: dir, hint });
    streams.stderr.write(`warning: ${escapeText(dir)}: ${message}\n`);
  }
  if (!options.quiet) {
    const { recorded_at } = manifest.provenance;
    streams.stderr.write(`${escapeText(dir)}: kept, recorded ${escapeText(recorded_at)}\n`);
  }
  return options.return && final.exit ? statusOf(final.exit) : EXIT.success;
}

/** Shows what has changed; what is the same or is accepted may take the place of the old recording. */
async function approveRerecording(
  old: Cassette,
  renewed: string,
  { dir, options, streams }: Omit<Kept, "argv">,
): Promise<void> {
  await using cassette = await openCassette(renewed);
  const { differences } = await printDifferences(old, cassette, {}, streams.stdout);
  if (differences === 0 || options.overwrite || (await askYesNo(`Replace ${escapeText(dir)}?`, streams)))
    return;
  throw new CassetteError(
    "CASSETTE_RECORDING_DIFFERS",
    "The new recording differs; the existing one was kept.",
    { file: dir, hint: "If it is as it should be: --overwrite replaces it." },
  );
}

/** How a recording was made, as its manifest says. */
function recordedOptions({ manifest }: Cassette): RecordOptions & { argv: Argv | null } {
  const { command, terminal, timing } = manifest;
  const [program, ...rest] = command.argv ?? [];
  const { title, idle_time_limit_s: idleTimeLimit, frame_policy } = cassetteExtras(manifest);
  return {
    argv: program === undefined ? null : [program, ...rest],
    term: isTermName(terminal.term ?? "") ? terminal.term : undefined,
    windowSize: { rows: terminal.initial_rows, cols: terminal.initial_cols },
    widths: widthsOf(terminal.emulator),
    resolution: timing.resolution_ms,
    env: command.env_allowlist?.filter(isVariableName),
    timeout: isTimeout(command.timeout_ms ?? 0) ? command.timeout_ms : undefined,
    frames: framePolicyOf(frame_policy),
    ...(typeof title === "string" && { title }),
    ...(typeof idleTimeLimit === "number" && { idleTimeLimit }),
  };
}

/**
 * Without the rules of the recording what they masked would be shown in the differences, and kept.
 * @throws CassetteError CASSETTE_USAGE.
 */
function demandRules({ scrubReport }: Cassette, file: string, { rules, scrub }: RecordModeOptions): void {
  const own = scrubReport.rule_sets?.user;
  if (rules !== undefined || scrub === false || !Array.isArray(own) || own.length === 0) return;
  const names = own.map((name) => escapeText(String(name))).join(", ");
  throw new CassetteError("CASSETTE_USAGE", `It was recorded with rules that are not given now: ${names}.`, {
    file,
    hint: "Give them again: --rules FILE.",
  });
}

/**
 * A program cannot be started with what was masked in its arguments.
 * @throws CassetteError CASSETTE_USAGE.
 */
function demandUnmasked({ manifest, scrubReport }: Cassette, file: string): void {
  const hits = scrubReport.artifacts?.[ARTIFACT.manifest];
  const hitCounts = typeof hits === "object" && hits !== null ? (hits as Record<string, unknown>) : {};
  const masked = (manifest.command.argv ?? []).findIndex((argument) => isMaskedText(argument, hitCounts));
  if (masked === -1) return;
  throw new CassetteError("CASSETTE_USAGE", `Argument ${masked} of the recorded program is masked.`, {
    file,
    hint: "Name the program with its arguments after `--`.",
  });
}

function demandProgram(argv: Argv | null): Argv {
  if (argv) return argv;
  throw new CassetteError("CASSETTE_USAGE", "Name the program after `--`.", {
    hint: "cassette record --mode once demo.cassette -- git log",
  });
}

function statusOf(exit: Exit): number {
  return exit.Signaled ? signalStatus(signalName(exit.Signal) ?? "") : exit.Code;
}
