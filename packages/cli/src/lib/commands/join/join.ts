import type { Cassette } from "@cassette/core/reader";
import { joinRecordings } from "@cassette/terminal/editing";
import { observeScrubSettings, sealUnwatched } from "@cassette/terminal/scrubbing";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createParentFolder } from "../../recording/parent-folder.js";
import { openRecording } from "../../recordings/open-recording.js";
import { redactionsIn } from "../../sealing/redactions.js";
import { withSealing } from "../../sealing/run-sealing.js";
import { scanOnWorker } from "../../sealing/scan-on-worker.js";
import { formatSeconds } from "../../time-text.js";
import { VERSION } from "../../version.js";

/** Options of `cassette join`, as the command line gives them. */
export interface JoinCommandOptions {
  output: string;
  overwrite?: boolean;
  rules?: string;
  quiet?: boolean;
}

/** Makes one cassette of several. */
export async function join(
  dirs: readonly string[],
  { output, overwrite, rules, quiet }: JoinCommandOptions,
  { stderr }: Streams,
): Promise<number> {
  const { settings } = await observeScrubSettings({ env: process.env, cwd: process.cwd(), rules });
  const removeParent = createParentFolder(output);
  return withSealing(stderr, async (watch) => {
    const parts: Cassette[] = [];
    try {
      for (const dir of dirs) parts.push(await openRecording(dir, stderr, { signal: watch.signal }));
      const { report, startsMs, durationMs } = await joinRecordings(parts, {
        ...{ target: output, seal: { ...sealUnwatched(settings, scanOnWorker), ...watch }, overwrite },
        recorder: `@cassette/cli@${VERSION}`,
      });
      if (!quiet) {
        const starts = startsMs.map(formatSeconds).join(", ");
        stderr.write(
          `${escapeText(output)}: ${parts.length} parts, at ${starts}, ${formatSeconds(durationMs)} long, ${redactionsIn(report)}.\n`,
        );
      }
    } finally {
      await Promise.all(parts.map((part) => part.close()));
    }
    return EXIT.success;
  }).finally(removeParent);
}
