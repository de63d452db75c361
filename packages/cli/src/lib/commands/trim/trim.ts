import { CassetteError } from "@cassette/format";
import { type CutPlace, trimRecording } from "@cassette/terminal/editing";
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

/** Options of `cassette trim`, as the command line gives them. */
export interface TrimCommandOptions {
  output: string;
  from?: CutPlace;
  to?: CutPlace;
  maxIdle?: number;
  speed?: number;
  overwrite?: boolean;
  rules?: string;
  quiet?: boolean;
}

/** Makes a cassette of a part of another one. */
export async function trim(dir: string, options: TrimCommandOptions, { stderr }: Streams): Promise<number> {
  const { output, from, to, maxIdle: maxIdleMs, speed, overwrite, rules, quiet } = options;
  if (from === undefined && to === undefined && maxIdleMs === undefined && speed === undefined)
    throw new CassetteError(
      "CASSETTE_USAGE",
      "Nothing is to be cut: give --from, --to, --max-idle or --speed.",
    );
  const { settings } = await observeScrubSettings({ env: process.env, cwd: process.cwd(), rules });
  const removeParent = createParentFolder(output);
  return withSealing(stderr, async (watch) => {
    await using cassette = await openRecording(dir, stderr);
    const trimmed = await trimRecording(cassette, {
      ...{ target: output, seal: { ...sealUnwatched(settings, scanOnWorker), ...watch } },
      ...{ from, to, maxIdleMs, speed, overwrite },
      recorder: `@cassette/cli@${VERSION}`,
    });
    if (!quiet) stderr.write(resultInWords(output, options, trimmed));
    return EXIT.success;
  }).finally(removeParent);
}

function resultInWords(
  output: string,
  { from }: TrimCommandOptions,
  { report, fromMs, toMs, durationMs, droppedInputs }: Awaited<ReturnType<typeof trimRecording>>,
): string {
  const part = `${formatSeconds(fromMs)} to ${formatSeconds(toMs)}`;
  const lines = [
    `${escapeText(output)}: ${part}, ${formatSeconds(durationMs)} long, ${redactionsIn(report)}.`,
  ];
  if (from !== undefined && "t_ms" in from && fromMs < from.t_ms)
    lines.push("It begins earlier than asked: no output gives a terminal the screen at that place.");
  if (droppedInputs > 0) lines.push("It cannot be a stub: inputs were cut off its start.");
  return `${lines.join("\n")}\n`;
}
