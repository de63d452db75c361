import { relative } from "node:path";
import {
  discardSpool,
  listSpools,
  type Recovery,
  recover as recoverSpool,
  type SealOptions,
} from "@cassette/core";
import { CassetteError, isCassetteError, type JsonValue } from "@cassette/format";
import {
  extendSettings,
  observeScrubSettings,
  restoreSettings,
  sealOptions,
  sealUnwatched,
} from "@cassette/terminal/scrubbing";
import { askYesNo } from "../../output/ask.js";
import { escapeLine, escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import { reportError, type Streams } from "../../output/report-error.js";
import { shellWord } from "../../output/shell-word.js";
import { spoolLine } from "../../output/spool-line.js";
import { createParentFolder } from "../../recording/parent-folder.js";
import { redactionsIn } from "../../sealing/redactions.js";
import { type SealingWatch, withSealing } from "../../sealing/run-sealing.js";
import { scanOnWorker } from "../../sealing/scan-on-worker.js";
import {
  copiesFirst,
  type FoundSpool,
  findNamedSpools,
  findSpoolsAt,
  isRemnant,
  requireFolder,
  severalSpools,
} from "./find-named-spools.js";

/** Options of `cassette recover`, as the command line gives them. */
export interface RecoverOptions {
  output?: string;
  overwrite?: boolean;
  /** Take a spool although its process may be alive. */
  force?: boolean;
  /** List spools instead. */
  list?: boolean;
  /** Remove a spool instead. */
  discard?: boolean;
  /** Remove it without asking. */
  yes?: boolean;
  rules?: string;
  /** Variables and rules files that may be missing. */
  withoutSecret?: string[];
  /** False leaves secrets where they are. */
  scrub?: boolean;
  quiet?: boolean;
}

/** Turns spools of interrupted recordings into cassettes, or lists or discards them. */
export async function recover(
  paths: readonly string[],
  options: RecoverOptions,
  streams: Streams,
): Promise<number> {
  if (options.list) return printSpools(paths.length === 0 ? ["."] : paths, streams);
  if (options.discard) return discard(paths, options, streams);
  const spools = copiesFirst(
    paths.length === 0 ? await listSpools(".") : (await Promise.all(paths.map(findSpoolsAt))).flat(),
  );
  if (options.output !== undefined) demandOneRecording(spools);
  if (spools.length === 0 && !options.quiet) streams.stderr.write("There is nothing to recover here.\n");
  const removeParent = options.output === undefined ? undefined : createParentFolder(options.output);
  const work = async (watch: SealingWatch) => {
    let status: number = EXIT.success;
    for (const { path } of spools)
      status = Math.max(status, await recoverOne(relative("", path), options, { streams, watch }));
    return status;
  };
  return withSealing(streams.stderr, work).finally(removeParent);
}

function demandOneRecording(spools: readonly FoundSpool[]): void {
  if (spools.filter((spool) => !isRemnant(spool)).length === 1) return;
  throw new CassetteError("CASSETTE_USAGE", "--output needs exactly one spool.");
}

/** Prints a line for each spool in the given folders, or of the given cassettes or spools. */
async function printSpools(paths: readonly string[], { stdout }: Streams): Promise<number> {
  for (const path of paths) {
    const spools = await findNamedSpools(path);
    if (spools.length === 0) await requireFolder(path);
    for (const spool of spools) stdout.write(`${spoolLine(spool)}\n`);
  }
  return EXIT.success;
}

async function discard(
  paths: readonly string[],
  { yes, force: evenIfOwned, quiet }: RecoverOptions,
  streams: Streams,
): Promise<number> {
  const [path, ...others] = paths;
  if (path === undefined || others.length > 0) {
    throw new CassetteError("CASSETTE_USAGE", "--discard needs exactly one spool.", {
      hint: "List them: cassette recover --list",
    });
  }
  const found = await findSpoolsAt(path);
  if (found.length > 1) throw severalSpools(path, found);
  const spool = relative("", found[0].path);
  if (!yes && !(await askYesNo(`Remove ${escapeText(spool)} and the recording in it?`, streams))) {
    throw new CassetteError("CASSETTE_USAGE", "Nothing was removed.", {
      hint: "Without a question: --discard --yes",
    });
  }
  await discardSpool(spool, { evenIfOwned });
  if (!quiet) streams.stderr.write(`${escapeLine(spool)}: removed.\n`);
  return EXIT.success;
}

/** What the recovery of one spool needs besides its options. */
interface Surroundings {
  streams: Streams;
  watch: SealingWatch;
}

async function recoverOne(
  spool: string,
  options: RecoverOptions,
  { streams, watch }: Surroundings,
): Promise<number> {
  const { output: target, overwrite, force: evenIfOwned, quiet } = options;
  watch.signal.throwIfAborted();
  const seal = async (kept: JsonValue): Promise<SealOptions> => ({
    ...(await scrubOptions(spool, kept, options)),
    ...watch,
  });
  try {
    const recovery = await recoverSpool(spool, { target, overwrite, evenIfOwned, seal });
    if (!quiet) streams.stderr.write(`${recovery ? summary(recovery) : emptied(spool)}\n`);
    if (recovery?.complete === false) streams.stderr.write(`${incomplete(spool)}\n`);
    return EXIT.success;
  } catch (error) {
    watch.signal.throwIfAborted();
    return reportError(withOutputHint(error, spool), streams);
  }
}

/** Two recordings of one cassette, or one that was recorded again: the other needs another name. */
function withOutputHint(error: unknown, spool: string): unknown {
  if (!isCassetteError(error, "CASSETTE_TARGET_EXISTS")) return error;
  const hint = `Choose another name: cassette recover ${shellWord(spool)} --output DIR; or replace it with --overwrite.`;
  return new CassetteError(error.code, error.message, { file: error.file, hint });
}

function emptied(spool: string): string {
  return `${escapeLine(spool)}: nothing in it had to be recovered; it was removed.`;
}

function incomplete(spool: string): string {
  return `Not everything in ${escapeText(spool)} could be read, so it was kept. To remove it: cassette recover --discard ${shellWord(spool)}`;
}

/** Scrubs by the settings of the recording and of this process; a spool written by the library may contain no settings. */
async function scrubOptions(
  spool: string,
  kept: JsonValue,
  { scrub, rules, withoutSecret = [] }: RecoverOptions,
): Promise<SealOptions> {
  if (scrub === false) return sealOptions(null);
  const { env } = process;
  const restored = await restoreSettings(kept, { spool, env, withoutSecrets: withoutSecret });
  const { settings } = await observeScrubSettings({ env, cwd: process.cwd(), rules });
  return {
    ...sealUnwatched(extendSettings(restored.settings, settings), scanOnWorker),
    found: restored.found,
  };
}

function summary({ target, report, interrupted, missing, undescribed, lost }: Recovery): string {
  const facts = [
    interrupted ? "interrupted" : "whole",
    ...(missing > 0 ? [`${missing} ${missing === 1 ? "record" : "records"} missing`] : []),
    ...(undescribed > 0 ? [`${undescribed} bytes of output without a record kept`] : []),
    ...notReadable(lost),
    ...(report ? [redactionsIn(report)] : []),
  ];
  return `${escapeText(target)}: recovered, ${facts.join(", ")}. Next: cassette play ${shellWord(target)}`;
}

function notReadable(lost: readonly string[]): string[] {
  const more = lost.length - MOST_NAMES;
  const facts = lost.slice(0, MOST_NAMES).map((name) => `${escapeText(name)} not readable`);
  return more > 0 ? [...facts, `${more} other names not readable`] : facts;
}

/** A damaged spool may hold any number of files. */
const MOST_NAMES = 5;
