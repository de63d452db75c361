import { CassetteError } from "@cassette/format";
import { importIntoCassette } from "@cassette/terminal/recordings";
import { observeScrubSettings, sealOptions, sealUnwatched } from "@cassette/terminal/scrubbing";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createParentFolder } from "../../recording/parent-folder.js";
import { redactionsIn } from "../../sealing/redactions.js";
import { withSealing } from "../../sealing/run-sealing.js";
import { scanOnWorker } from "../../sealing/scan-on-worker.js";
import { VERSION } from "../../version.js";
import {
  type Conversion,
  demandNoLoss,
  openForeign,
  type RecordingArguments,
  refuseExistingReport,
  reportLosses,
} from "./conversion.js";

/** Makes a sealed cassette of another tool's recording. */
export async function convertToCassette(
  source: string,
  target: string,
  options: RecordingArguments,
  { stderr }: Streams,
): Promise<number> {
  if (target === "-")
    throw new CassetteError("CASSETTE_USAGE", "A cassette is a directory; standard output is none.");
  refuseExistingReport(options);
  const conversion: Conversion = { source, target, format: "cassette", options };
  const { rules, scrub, overwrite, windowSize: size } = options;
  const { settings } = await observeScrubSettings({ env: process.env, cwd: process.cwd(), rules });
  const removeParent = createParentFolder(target);
  return withSealing(stderr, async (watch) => {
    await using opened = await openForeign(conversion, watch);
    const seal = { ...(scrub ? sealUnwatched(settings, scanOnWorker) : sealOptions(null)), ...watch };
    const { report, losses } = await importIntoCassette(opened, {
      ...{ target, seal, overwrite, size },
      onLosses: (found) => demandNoLoss(conversion, found),
      recorder: `@cassette/cli@${VERSION}`,
    });
    if (!options.quiet)
      stderr.write(`${escapeText(target)}: converted from ${opened.format}, ${redactionsIn(report)}.\n`);
    await reportLosses(conversion, opened.format, losses, stderr);
    return EXIT.success;
  }).finally(removeParent);
}
