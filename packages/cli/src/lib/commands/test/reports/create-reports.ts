import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { CassetteError } from "@cassette/format";
import type { Streams } from "../../../output/report-error.js";
import { createWriter } from "../../../output/writer.js";
import { githubReport } from "./github-report.js";
import { jsonReport } from "./json-report.js";
import { junitReport } from "./junit-report.js";
import type { Report } from "./report.js";
import { tapReport } from "./tap-report.js";
import { textReport } from "./text-report.js";

/** A format, and the file it goes to; without one, standard output. */
export interface ReportFormat {
  format: "junit" | "github" | "tap";
  file?: string;
}

/** Parses `junit=FILE`, `github`, `tap` or `tap=FILE`. @throws CassetteError CASSETTE_USAGE */
export function parseReport(text: string): ReportFormat {
  const [, format = "", file] = /^([a-z]+)(?:=(.+))?$/s.exec(text) ?? [];
  if (format === "junit" && file !== undefined) return { format, file };
  if (format === "github" && file === undefined) return { format };
  if (format === "tap") return { format, ...(file !== undefined && { file }) };
  throw new CassetteError("CASSETTE_USAGE", "A report is junit=FILE, github, tap or tap=FILE.");
}

/**
 * The reports of a run.
 * @param count of scenarios.
 * @throws CassetteError CASSETTE_USAGE for two formats on standard output.
 */
export function createReports(
  formats: readonly ReportFormat[],
  { json, count, streams }: { json?: boolean; count: number; streams: Streams },
): Report[] {
  const hasGithub = formats.some(({ format }) => format === "github");
  const hasTap = formats.some(({ format, file }) => format === "tap" && file === undefined);
  if ([json, hasGithub, hasTap].filter(Boolean).length > 1)
    throw new CassetteError(
      "CASSETTE_USAGE",
      "Standard output takes one format: of --json, github and tap.",
      {
        hint: "tap=FILE writes to a file.",
      },
    );
  const out = createWriter(streams.stdout);
  const toFiles = formats.flatMap(({ format, file }) => {
    if (file === undefined) return [];
    return format === "junit" ? [junitReport(file)] : [tapFile(file, count)];
  });
  if (json) return [jsonReport(streams), ...toFiles];
  if (hasTap) return [tapReport(out, count), ...toFiles];
  const text = textReport(streams);
  return [hasGithub ? githubReport(out, text, process.env) : text, ...toFiles];
}

function tapFile(file: string, count: number): Report {
  const stream = createWriteStream(file);
  const failed = once(stream, "error").then(([cause]) => {
    throw new CassetteError("CASSETTE_WRITE_FAILED", "The report cannot be written.", { file, cause });
  });
  failed.catch(() => {});
  const line = (text: string) => {
    stream.write(`${text}\n`);
    return Promise.resolve();
  };
  return {
    ...tapReport({ line }, count),
    async end() {
      stream.end();
      await Promise.race([once(stream, "close"), failed]);
    },
  };
}
