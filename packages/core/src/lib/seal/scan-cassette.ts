import {
  ARTIFACT,
  type ArtifactSource,
  type ScrubbedStream,
  type ScrubReport,
  type StreamMask,
} from "@cassette/format";
import { openCassette } from "../reader/open-cassette.js";
import { UNLIMITED } from "../spool/unlimited.js";
import { createOutputMask } from "./output-mask.js";
import { type ArtifactReport, createReportBuilder } from "./report-builder.js";
import { scanOutput } from "./scan-output.js";
import { scrubFacts } from "./scrub-facts.js";
import { scrubInputs, scrubPayload, scrubUnknownFields } from "./scrub-records.js";
import type { SealOptions } from "./seal-options.js";

/** Options of a scan. */
export interface ScanOptions
  extends Pick<SealOptions, "createEmulator" | "createProvenance" | "onProgress" | "signal"> {
  redactor: NonNullable<SealOptions["redactor"]>;
}

/**
 * Searches a cassette, including its stored frames, for what sealing would mask, and writes nothing.
 * @param from the directory of a cassette of any writer, or another source of its files, which is closed.
 * @returns what was found; "clean" if nothing was.
 * @throws CassetteError the errors of opening the cassette; `signal.reason` when aborted.
 */
export async function scanCassette(
  from: string | ArtifactSource,
  options: ScanOptions,
): Promise<ScrubReport> {
  const { redactor, signal } = options;
  await using source = await openCassette(from, { limits: UNLIMITED, signal });
  const { dir } = source;
  const found: ArtifactReport[] = [];
  scrubFacts(source, redactor, found);
  await scrubInputs(source, redactor, found);
  const output = await scanOutput({ ...options, source, mask: createOutputMask(), looks: new Set() });
  const builder = createReportBuilder([...found, [ARTIFACT.outputRaw, output.report]]);
  for await (const record of source.serviceEvents()) scrubPayload(record, redactor, builder, dir);
  const unknown = { redactor, file: dir, add: builder.add };
  for await (const record of source.outputs()) scrubUnknownFields(record, ARTIFACT.output, unknown);
  for await (const frame of source.frames()) {
    signal?.throwIfAborted();
    const { text, title = "" } = scrubUnknownFields(frame, ARTIFACT.frames, unknown);
    for (const { rule } of redactor.scanScreen(text)) builder.add(ARTIFACT.frames, hitOf(rule));
    if (title !== "") builder.add(ARTIFACT.frames, redactor.scrubText(title).report);
  }
  return builder.report();
}

/**
 * One scan of the output of a cassette with its masks applied, for {@link SealOptions.scanElsewhere}.
 * @param dir path of a cassette; only its output and sizes are read.
 * @throws CassetteError the errors of opening the cassette; `signal.reason` when aborted.
 */
export async function scanMaskedOutput(
  dir: string,
  masks: readonly StreamMask[],
  options: ScanOptions & { isStreamScanned?: boolean },
): Promise<ScrubbedStream> {
  await using source = await openCassette(dir, { limits: UNLIMITED, signal: options.signal });
  return await scanOutput({ ...options, source, mask: createOutputMask(masks), looks: new Set() });
}

function hitOf(rule: string): ScrubReport {
  return { status: "redacted", rules: [rule], hit_counts: { [rule]: 1 } };
}
