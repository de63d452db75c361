import {
  ARTIFACT,
  cassetteExtras,
  type InputRecord,
  type Manifest,
  type Redactor,
  type ScrubbedStream,
  type ScrubReport,
} from "@cassette/format";
import { encodeDiscovery, encodeFinalRecord, encodeQuota, encodeScrubReport } from "@cassette/format/schema";
import type { Cassette } from "../reader/cassette.js";
import { openCassette, openVerified } from "../reader/open-cassette.js";
import type { Verified } from "../reader/verify.js";
import { completeDirectory } from "../recorder/complete-directory.js";
import type { FileSystem } from "../recorder/file-system.js";
import { CASSETTE_DIRECTORY } from "../recorder/spool.js";
import { createSpoolWriter, type SpoolWriter } from "../recorder/spool-writer.js";
import { UNLIMITED } from "../recorder/unlimited.js";
import { attempt } from "../recorder/write-error.js";
import { withCleanup } from "../with-cleanup.js";
import { createOutputMask, type OutputMask } from "./output-mask.js";
import { createReportBuilder, type Found } from "./report-builder.js";
import { scanOutput } from "./scan-output.js";
import { type ScrubbedFacts, scrubFacts } from "./scrub-facts.js";
import { scrubInputs } from "./scrub-records.js";
import type { SealOptions } from "./seal-options.js";
import { type Remains, remainsIn, secretRemains } from "./secret-remains.js";
import { UNSCRUBBED } from "./unscrubbed.js";
import { writeEvidence } from "./write-evidence.js";

/** From where to where. */
export interface SealedDirectories {
  fs: FileSystem;
  /** A complete cassette; it is only read. */
  from: string;
  /** What is there is removed. */
  to: string;
  integrity: boolean;
  /** What was found in it, if it was verified just now. */
  verified?: Verified;
}

/** Masks may bring other characters side by side; more often than this it does not go on. */
const MOST_SCANS = 6;
/** Bytes of output below which starting another thread takes longer than it saves. */
const WORTH_A_THREAD = 8 << 20;

/**
 * Makes a scrubbed cassette of another.
 * @throws CassetteError CASSETTE_SECRET_REMAINS if the last scan finds something that cannot be masked.
 */
export async function sealDirectory(
  directories: SealedDirectories,
  options: SealOptions,
): Promise<ScrubReport> {
  const { from, verified } = directories;
  const source = verified
    ? await openVerified(from, UNLIMITED, verified)
    : await openCassette(from, { limits: UNLIMITED, signal: options.signal });
  try {
    return await sealCassette(source, directories, { ...options, redactor: options.redactor ?? UNSCRUBBED });
  } finally {
    await source.close();
  }
}

/** What sealing is done with once it is known. */
type Sealing = SealOptions & { redactor: Redactor };

/** What is known of a recording before its records are written. */
interface Prepared {
  source: Cassette;
  facts: ScrubbedFacts;
  inputs: ReadonlyMap<number, InputRecord | null>;
  mask: OutputMask;
  found: Found[];
}

async function sealCassette(
  source: Cassette,
  directories: SealedDirectories,
  options: Sealing,
): Promise<ScrubReport> {
  const { redactor } = options;
  const found: Found[] = [...(options.found ?? [])];
  const facts = scrubFacts(source, redactor, found);
  const inputs = await scrubInputs(source, redactor, found, options.typedAhead);
  const prepared: Prepared = { source, facts, inputs, mask: createOutputMask(), found };
  const looks = new Set<number>();
  for (;;) {
    const { report, remains } = await writeScanned(prepared, looks, directories, options);
    const [first] = remains;
    if (first === undefined) return report;
    if (remains.every(({ rawEnd = 0 }) => looks.has(rawEnd))) throw secretRemains(first, directories.from);
    // A frame showed what no scan of the stream found: look at the screen just there.
    for (const { rawEnd = 0 } of remains) looks.add(rawEnd);
  }
}

/** What was written, and what was seen on its screens all the same. */
interface Written {
  report: ScrubReport;
  remains: Remains[];
}

/**
 * Scans and masks until a scan finds nothing, and writes. Where scans can run elsewhere, all is written meanwhile as if this one
 * found nothing; what is written of no use is written on a processor that would have waited.
 */
async function writeScanned(
  prepared: Prepared,
  looks: ReadonlySet<number>,
  directories: SealedDirectories,
  options: Sealing,
): Promise<Written> {
  const { source, mask } = prepared;
  const { scanElsewhere } = options;
  const isApart = scanElsewhere && looks.size === 0 && source.rawSize >= WORTH_A_THREAD;
  for (let scans = 1; ; scans++) {
    if (isApart && scans < MOST_SCANS) {
      const written = await writeWhile(scanElsewhere, prepared, directories, options);
      if (written) return written;
    } else {
      const isMasked = note(await scanOutput({ ...options, source, mask, looks }), prepared);
      if (!isMasked || scans >= MOST_SCANS) return writeDirectory(prepared, directories, options);
    }
  }
}

/**
 * Keeps what a scan found.
 * @returns whether there is more to mask.
 * @throws CassetteError CASSETTE_SECRET_REMAINS if something was found that cannot be masked.
 */
function note({ mask: more, report }: ScrubbedStream, { source, mask, found }: Prepared): boolean {
  found.push([ARTIFACT.outputRaw, report]);
  if (more.ranges.length > 0) {
    mask.add(more);
    return true;
  }
  const [last] = remainsIn(report, { artifact: ARTIFACT.outputRaw });
  if (last) throw secretRemains(last, source.dir);
  return false;
}

/** Writes while a scan runs; null if that found something to mask, which ends the writing at once. */
async function writeWhile(
  scanElsewhere: NonNullable<SealOptions["scanElsewhere"]>,
  prepared: Prepared,
  directories: SealedDirectories,
  options: Sealing,
): Promise<Written | null> {
  const { source, mask } = prepared;
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const failures: unknown[] = [];
  const fail = (reason: unknown) => {
    failures.push(reason);
    stop.abort();
  };
  const scanned = scanElsewhere(source.dir, mask.masks, signal).then((found) => note(found, prepared));
  const written = writeDirectory(prepared, directories, { ...options, signal }, scanned);
  const [isMasked, result] = await Promise.all([
    scanned.then((more) => {
      if (more) stop.abort();
      return more;
    }, fail),
    written.catch(fail),
  ]);
  if (isMasked) return null;
  if (!result) throw failures[0];
  return result;
}

/** @param scanned when the last scan is done; its report is part of what is written. */
async function writeDirectory(
  { source, facts, inputs, mask, found }: Prepared,
  { fs, to, integrity }: SealedDirectories,
  options: Sealing,
  scanned?: Promise<unknown>,
): Promise<Written> {
  await attempt(to, () => fs.remove(to));
  await attempt(to, () => fs.makeDirectory(to, CASSETTE_DIRECTORY));
  const writer = await createSpoolWriter(fs, to);
  const write = async (): Promise<Written> => {
    const builder = createReportBuilder();
    const written = await writeEvidence({ ...options, source, mask, inputs, builder, writer });
    const { finalSeq, remains, drawingStoppedAt } = written;
    await scanned;
    options.signal?.throwIfAborted();
    for (const [artifact, report] of found) builder.add(artifact, report);
    const report = withUndrawn(builder.report(), drawingStoppedAt);
    if (remains.length > 0) return { report, remains };
    putDocuments(writer, { ...facts, final: { ...facts.final, seq: finalSeq }, report });
    await writer.flush();
    const manifest = describeDrawing(facts.manifest, options.emulator, drawingStoppedAt);
    await completeDirectory({ fs, dir: to, writer, manifest, integrity });
    return { report, remains };
  };
  return withCleanup(write, () => writer.close());
}

/** Names the emulator of the frames, and where it could draw no more. */
function describeDrawing(
  manifest: Manifest,
  identity: SealOptions["emulator"],
  drawingStoppedAt: number | null,
): Manifest {
  const emulator = typeof identity === "function" ? identity(manifest.terminal.emulator) : identity;
  const described = { ...manifest, terminal: { ...manifest.terminal, emulator } };
  if (drawingStoppedAt === null) return described;
  const cassette = { ...cassetteExtras(manifest), drawing_stopped_at: drawingStoppedAt };
  return { ...described, optional: { ...manifest.optional, cassette } };
}

/** Adds to a report that screens were not drawn, and therefore not scanned. */
function withUndrawn(report: ScrubReport, drawingStoppedAt: number | null): ScrubReport {
  if (drawingStoppedAt === null) return report;
  const reason = `Screens after byte ${drawingStoppedAt} of the output were not drawn.`;
  return { ...report, skipped: { ...report.skipped, [ARTIFACT.frames]: reason } };
}

function putDocuments(
  { documents }: SpoolWriter,
  { final, quota, discovery, report }: ScrubbedFacts & { report: ScrubReport },
): void {
  documents.put(ARTIFACT.final, encodeFinalRecord(final));
  documents.put(ARTIFACT.scrubReport, encodeScrubReport(report));
  if (quota) documents.put(ARTIFACT.quota, encodeQuota(quota));
  if (discovery) documents.put(ARTIFACT.discovery, encodeDiscovery(discovery));
}
