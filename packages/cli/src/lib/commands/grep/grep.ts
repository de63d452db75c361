import type { SearchMatch, SearchPlace } from "@cassette/core/reader";
import { CassetteError } from "@cassette/format";
import { cassettesIn } from "../../cassettes-in.js";
import { escapePattern } from "../../escape-pattern.js";
import { displayPath } from "../../output/display-path.js";
import { escapeJson, escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import { reportError, type Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { conversionNote } from "../../recordings/open-recording.js";
import { formatSeconds } from "../../time-text.js";
import { createWorkerPool } from "../../workers/pool.js";
import { withoutRuledOut } from "./use-index.js";

/** Options of `cassette grep`, as the command line gives them. */
export interface GrepOptions {
  fixedStrings?: boolean;
  ignoreCase?: boolean;
  in: readonly SearchPlace[];
  /** A search without progress for this long is ended. */
  stall: number;
  json?: boolean;
  /** Tables to use, or false for none. Default: those in a folder `tables` of a path. */
  index?: string | false;
}

/** Prints every moment at which a pattern appears; searches cassettes in parallel and prints them in order. */
export async function grep(
  text: string,
  paths: string[],
  options: GrepOptions,
  streams: Streams,
): Promise<number> {
  const pattern = patternOf(text, options);
  const all = await cassettesIn(paths);
  const pool = createWorkerPool({ stallMs: options.stall, stalled: () => stalled(options.stall) });
  const writer = createWriter(streams.stdout);
  let found = 0;
  let failure: number = EXIT.success;
  try {
    const dirs = await withoutRuledOut(all, paths, { pattern, options, streams, pool });
    const searches = dirs.map((dir) => {
      return [dir, pool.run({ kind: "search", path: dir, pattern, places: options.in })] as const;
    });
    for (const [dir, batches] of searches) {
      const prefix = all.length > 1 || dir !== paths[0] ? `${displayPath(dir)}: ` : "";
      try {
        for await (const batch of batches) {
          if (!Array.isArray(batch)) {
            streams.stderr.write(`${conversionNote(batch)}\n`);
            continue;
          }
          found += batch.length;
          const lines = batch.map((match) =>
            options.json ? asJson(displayPath(dir), match) : asLine(prefix, match),
          );
          await writer.line(lines.join("\n"));
        }
      } catch (error) {
        // As in grep: unreadable cassettes are reported, and the others are still searched.
        failure = Math.max(failure, reportError(error, streams));
      }
    }
  } finally {
    await pool.close();
  }
  return failure || (found > 0 ? EXIT.success : EXIT.negative);
}

/** @throws CassetteError CASSETTE_USAGE. */
function patternOf(text: string, { fixedStrings, ignoreCase }: GrepOptions): RegExp {
  if (text === "") throw new CassetteError("CASSETTE_USAGE", "The pattern is empty.");
  const source = fixedStrings ? escapePattern(text) : text;
  try {
    return new RegExp(source, ignoreCase ? "iu" : "u");
  } catch {
    throw new CassetteError("CASSETTE_USAGE", "The pattern is not a regular expression.", {
      hint: "Use -F to search for the text literally.",
    });
  }
}

function stalled(ms: number): CassetteError {
  return new CassetteError("CASSETTE_SEARCH_STALLED", `The search made no progress for ${ms / 1_000} s.`, {
    hint: "The regular expression backtracks without end: simplify it, or use -F.",
  });
}

function asLine(prefix: string, { place, seq, t_ms, row, column, text }: SearchMatch): string {
  const where = row === null ? place : `${place} ${row}:${column}`;
  return escapeText(`${prefix}${formatSeconds(t_ms)} #${seq} ${where}: ${text.trim()}`);
}

function asJson(path: string, { place, seq, t_ms, row, column, match, text }: SearchMatch): string {
  return escapeJson(JSON.stringify({ path, place, seq, t_ms, row, column, match, text }));
}
