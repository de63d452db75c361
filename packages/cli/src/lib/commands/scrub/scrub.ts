import { seal } from "@cassette/core";
import { CassetteError } from "@cassette/format";
import { observeScrubSettings, type ScrubSettings, sealUnwatched } from "@cassette/terminal/scrubbing";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createParentFolder } from "../../recording/parent-folder.js";
import { redactionsIn } from "../../sealing/redactions.js";
import { withSealing } from "../../sealing/run-sealing.js";
import { scanOnWorker } from "../../sealing/scan-on-worker.js";
import { checkCassettes } from "./check-cassettes.js";
import { type FilterStreams, scrubText } from "./scrub-text.js";

/** Options of `cassette scrub`, as the command line gives them. */
export interface ScrubOptions {
  output?: string;
  check?: boolean;
  explain?: boolean;
  overwrite?: boolean;
  rules?: string;
  quiet?: boolean;
}

/** Scrubs a cassette into a new one, or text, or only checks. */
export async function scrub(
  dirs: readonly string[],
  options: ScrubOptions,
  streams: FilterStreams,
): Promise<number> {
  const { check = false, explain = false, output, rules } = options;
  demandMeaning(dirs, options, streams);
  const { settings } = await observeScrubSettings({ env: process.env, cwd: process.cwd(), rules });
  if (check && dirs.length > 0) return checkCassettes(dirs, settings, streams);
  const [dir] = dirs;
  if (dir === undefined || output === undefined) {
    return scrubText(settings, explain ? "places" : check ? "counts" : "text", streams);
  }
  return scrubCassette(dir, output, settings, options, streams);
}

/** @throws CassetteError CASSETTE_USAGE */
function demandMeaning(dirs: readonly string[], options: ScrubOptions, { stdin }: FilterStreams): void {
  const problem =
    dirs.length === 0 ? problemWithText(options, stdin.isTTY) : problemWithCassettes(options, dirs.length);
  if (problem === null) return;
  throw new CassetteError("CASSETTE_USAGE", problem, { hint: "See `cassette scrub --help`." });
}

function problemWithText({ check, output }: ScrubOptions, isTerminal?: boolean): string | null {
  if (output !== undefined) return check ? USELESS_OUTPUT : "--output needs a cassette to scrub.";
  return isTerminal ? "Name a cassette, or pipe text in." : null;
}

function problemWithCassettes({ check, explain, output }: ScrubOptions, count: number): string | null {
  if (check && output !== undefined) return USELESS_OUTPUT;
  if (explain) return "--explain reads text from standard input.";
  if (check) return null;
  if (count > 1) return "One cassette at a time is scrubbed.";
  return output === undefined ? "The target is missing: name a new cassette with --output." : null;
}

const USELESS_OUTPUT = "--check writes nothing, so --output has no use.";

async function scrubCassette(
  dir: string,
  output: string,
  settings: ScrubSettings,
  { overwrite, quiet }: ScrubOptions,
  { stderr }: Streams,
): Promise<number> {
  const removeParent = createParentFolder(output);
  return withSealing(stderr, async (watch) => {
    const options = { ...sealUnwatched(settings, scanOnWorker), ...watch, overwrite, gitAttributes: true };
    const report = await seal(dir, output, options);
    if (!quiet) stderr.write(`${escapeText(output)}: scrubbed, ${redactionsIn(report)}.\n`);
    return EXIT.success;
  }).finally(removeParent);
}
