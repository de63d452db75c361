import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { findSpools, type Recovery, recover as recoverSpool, type SealOptions } from "@cassette/core";
import { CassetteError, type JsonValue } from "@cassette/format";
import { escapeText } from "../output/escape-text.js";
import { EXIT } from "../output/exit-status.js";
import { reportError, type Streams } from "../output/report-error.js";
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
  rules?: string;
  /** Variables and rules files that may be missing. */
  withoutSecret?: string[];
  /** False leaves secrets where they are. */
  scrub?: boolean;
  quiet?: boolean;
}

/** Turns what interrupted recordings left behind into cassettes. */
export async function recover(
  path: string | undefined,
  options: RecoverOptions,
  streams: Streams,
): Promise<number> {
  const spools = path === undefined ? await spoolsIn(".") : [await spoolOf(path)];
  if (options.output !== undefined && spools.length !== 1) {
    throw new CassetteError("CASSETTE_USAGE", "--output needs the one spool that it is for.");
  }
  if (spools.length === 0 && !options.quiet) streams.stderr.write("There is nothing to recover here.\n");
  let status: number = EXIT.done;
  for (const spool of spools) status = Math.max(status, await recoverOne(spool, options, streams));
  return status;
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
      const told = recovery
        ? summary(recovery)
        : `${escapeText(spool)}: nothing was recorded in it; it is gone.`;
      if (!options.quiet) streams.stderr.write(`${told}\n`);
      return EXIT.done;
    });
  } catch (error) {
    return reportError(error, streams);
  }
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

/** The spool at a path, or the only one of a cassette that would stand there. */
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
  const entries = await readdir(dir, { withFileTypes: true });
  const spools = entries.filter(
    (entry) => entry.isDirectory() && /^\..+\.spool-[0-9a-f]+$/s.test(entry.name),
  );
  return spools.map(({ name }) => join(dir, name)).sort();
}

function summary({ target, report, interrupted, cut, lost }: Recovery): string {
  const facts = [
    interrupted ? "interrupted" : "whole",
    ...(cut.records > 0 ? [`${cut.records} records cut`] : []),
    ...(cut.output_bytes > 0 ? [`${cut.output_bytes} bytes cut`] : []),
    ...lost.map((name) => `${name} lost`),
    ...(report ? [redactionsIn(report)] : []),
  ];
  return `${escapeText(target)}: recovered, ${facts.join(", ")}. Next: cassette play ${escapeText(target)}`;
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
