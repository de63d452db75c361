import { lstat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import {
  describeSpool,
  discardSpool,
  findSpools,
  listSpools,
  type Recovery,
  recover as recoverSpool,
  type SealOptions,
  type SpoolInfo,
} from "@cassette/core";
import { CassetteError, isCassetteError, type JsonValue } from "@cassette/format";
import { askYesNo } from "../output/ask.js";
import { escapeText } from "../output/escape-text.js";
import { EXIT } from "../output/exit-status.js";
import { reportError, type Streams } from "../output/report-error.js";
import { shellWord } from "../output/shell-word.js";
import { spoolLine } from "../output/spool-line.js";
import { restoreSettings } from "../sealing/kept-settings.js";
import { redactionsIn } from "../sealing/redactions.js";
import { withSealing } from "../sealing/run-sealing.js";
import { extendSettings, observeScrubSettings } from "../sealing/scrub-settings.js";
import { sealOptions } from "../sealing/seal-options.js";

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
  /** Remove it without a question. */
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
  path: string | undefined,
  options: RecoverOptions,
  streams: Streams,
): Promise<number> {
  if (options.list) return printSpools(path ?? ".", streams);
  const spools = path === undefined ? await spoolsIn(".") : [await spoolOf(path)];
  if (options.discard) return discard(spools, options, streams);
  if (options.output !== undefined && spools.length !== 1) {
    throw new CassetteError("CASSETTE_USAGE", "--output needs the one spool that it is for.");
  }
  if (spools.length === 0 && !options.quiet) streams.stderr.write("There is nothing to recover here.\n");
  let status: number = EXIT.success;
  for (const spool of spools) status = Math.max(status, await recoverOne(spool, options, streams));
  return status;
}

/** Prints a line for each spool in a folder, or of the one cassette or spool that is named. */
async function printSpools(path: string, { stdout }: Streams): Promise<number> {
  const spools = (await listSpools(path)).concat(await spoolsNamed(path));
  for (const spool of spools) stdout.write(`${spoolLine(spool)}\n`);
  return EXIT.success;
}

async function spoolsNamed(path: string): Promise<SpoolInfo[]> {
  const named = [path, ...(await findSpools(path))];
  const found = await Promise.all(named.map((spool) => describeSpool(resolve(spool))));
  return found.filter((spool) => spool !== null);
}

async function discard(
  spools: readonly string[],
  { yes, force: evenIfOwned, quiet }: RecoverOptions,
  streams: Streams,
): Promise<number> {
  const [spool, ...others] = spools;
  if (spool === undefined || others.length > 0) {
    throw new CassetteError("CASSETTE_USAGE", "--discard needs the one spool to remove.", {
      hint: "List them: cassette recover --list",
    });
  }
  if (!yes && !(await askYesNo(`Remove ${escapeText(spool)} and the recording in it?`, streams))) {
    throw new CassetteError("CASSETTE_USAGE", "Nothing was removed.", {
      hint: "Without a question: --discard --yes",
    });
  }
  await discardSpool(spool, { evenIfOwned });
  if (!quiet) streams.stderr.write(`${escapeText(spool)}: removed.\n`);
  return EXIT.success;
}

async function recoverOne(spool: string, options: RecoverOptions, streams: Streams): Promise<number> {
  const { output: target, overwrite, force: evenIfOwned } = options;
  try {
    return await withSealing(streams.stderr, async (watch) => {
      const seal = async (kept: JsonValue): Promise<SealOptions> => ({
        ...(await scrubOptions(spool, kept, options)),
        ...watch,
      });
      const recovery = await recoverSpool(spool, { target, overwrite, evenIfOwned, seal });
      if (!options.quiet) streams.stderr.write(`${recovery ? summary(recovery) : emptied(spool)}\n`);
      if (recovery?.complete === false) streams.stderr.write(`${incomplete(spool)}\n`);
      return EXIT.success;
    });
  } catch (error) {
    return reportError(withOutputHint(error, spool), streams);
  }
}

/** Two recordings of one cassette, or one that was recorded again: the other needs a name of its own. */
function withOutputHint(error: unknown, spool: string): unknown {
  if (!isCassetteError(error, "CASSETTE_TARGET_EXISTS")) return error;
  const hint = `Choose another name: cassette recover ${shellWord(spool)} --output DIR; or replace it with --overwrite.`;
  return new CassetteError(error.code, error.message, { file: error.file, hint });
}

function emptied(spool: string): string {
  return `${escapeText(spool)}: nothing was recorded in it; it was removed.`;
}

function incomplete(spool: string): string {
  return `Not everything in ${escapeText(spool)} could be read, so it was kept. To remove it: cassette recover --discard ${shellWord(spool)}`;
}

/** Scrubs by the settings of the recording and those of this process; the spool of a library may hold none. */
async function scrubOptions(
  spool: string,
  kept: JsonValue,
  { scrub, rules, withoutSecret = [] }: RecoverOptions,
): Promise<SealOptions> {
  if (scrub === false) return sealOptions(null);
  const { env } = process;
  const restored = await restoreSettings(kept, { spool, env, withoutSecrets: withoutSecret });
  const { settings } = await observeScrubSettings({ env, cwd: process.cwd(), rules });
  return { ...sealOptions(extendSettings(restored.settings, settings)), found: restored.found };
}

/** The spool at a path, or the only one of a cassette for that path. */
async function spoolOf(path: string): Promise<string> {
  if (await isThere(join(path, "spool.json"))) return path;
  const spools = await findSpools(path);
  const [spool] = spools;
  if (spool === undefined) {
    throw new CassetteError("CASSETTE_NOT_FOUND", "No interrupted recording of this cassette was left.", {
      file: path,
    });
  }
  if (spools.length === 1) return spool;
  throw new CassetteError(
    "CASSETTE_USAGE",
    `There are ${spools.length} interrupted recordings of this cassette.`,
    {
      file: path,
      hint: `Name one of them: ${spools.join(", ")}`,
    },
  );
}

async function spoolsIn(dir: string): Promise<string[]> {
  return (await listSpools(dir)).map(({ path }) => relative("", path));
}

function summary({ target, report, interrupted, missing, undescribed, lost }: Recovery): string {
  const facts = [
    interrupted ? "interrupted" : "whole",
    ...(missing > 0 ? [`${missing} ${missing === 1 ? "record" : "records"} missing`] : []),
    ...(undescribed > 0 ? [`${undescribed} bytes of output without a record kept`] : []),
    ...lost.map((name) => `${escapeText(name)} not readable`),
    ...(report ? [redactionsIn(report)] : []),
  ];
  return `${escapeText(target)}: recovered, ${facts.join(", ")}. Next: cassette play ${shellWord(target)}`;
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
