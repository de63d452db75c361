import type { ScrubReport } from "@cassette/format";
import type { ScrubSettings } from "@cassette/terminal/scrubbing";
import { cassettesIn } from "../../cassettes-in.js";
import { displayPath } from "../../output/display-path.js";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import { reportError, type Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { createProgressLine } from "../../sealing/progress.js";
import { createWorkerPool, MIN_JOBS_FOR_WORKERS } from "../../workers/pool.js";
import { scanOne } from "./scan-one.js";

/** Searches cassettes, and folders of them, for secrets, and prints each with its place, in the given order. */
export async function checkCassettes(
  paths: readonly string[],
  settings: ScrubSettings,
  streams: Streams,
): Promise<number> {
  const dirs = await cassettesIn(paths);
  const writer = createWriter(streams.stdout);
  const scans = dirs.length < MIN_JOBS_FOR_WORKERS ? scansHere(streams) : scansOnAllProcessors();
  let status: number = EXIT.success;
  try {
    const reports = dirs.map((dir) => [dir, scans.scan(dir, settings)] as const);
    for (const [dir, report] of reports) {
      const lines = await report().then(linesOf(dir), (error) => reportError(error, streams));
      status = Math.max(status, typeof lines === "number" ? lines : Math.min(lines.length, EXIT.negative));
      for (const line of typeof lines === "number" ? [] : lines) await writer.line(line);
    }
    return status;
  } finally {
    await scans.close();
  }
}

interface Scans {
  scan(dir: string, settings: ScrubSettings): () => Promise<ScrubReport>;
  close(): Promise<void>;
}

/** Sequentially, each on demand. */
function scansHere({ stderr }: Streams): Scans {
  const progress = createProgressLine(stderr);
  return {
    scan: (dir, settings) => () => scanOne(dir, settings, progress.update).finally(progress.clear),
    close: async () => {},
  };
}

/** As many in parallel as there are processors. */
function scansOnAllProcessors(): Scans {
  const pool = createWorkerPool();
  return {
    scan(dir, settings) {
      const values = pool.run({ kind: "scan", dir, settings });
      return async () => {
        for await (const report of values) return report;
        throw new Error("A scan ended without its report.");
      };
    },
    close: pool.close,
  };
}

function linesOf(dir: string): (report: ScrubReport) => string[] {
  return ({ artifacts = {} }) =>
    Object.entries(artifacts).flatMap(([artifact, counts]) =>
      Object.entries(counts ?? {}).map(
        ([rule, count]) => `found ${escapeText(displayPath(dir))}/${artifact} ${escapeText(rule)} ${count}`,
      ),
    );
}
