import {
  ARTIFACT,
  cassetteExtras,
  DOCUMENTS,
  type DocumentName,
  type DocumentTypes,
  type InputRecord,
  type Manifest,
  type Redactor,
  type ScrubbedStream,
  type ScrubReport,
} from "@cassette/format";
import { encodeDocument } from "@cassette/format/schema";
import type { Cassette } from "../reader/cassette.js";
import { openCassette, openVerified } from "../reader/open-cassette.js";
import type { Verified } from "../reader/verify.js";
import { completeDirectory } from "../spool/complete-directory.js";
import type { FileSystem } from "../spool/file-system.js";
import { CASSETTE_DIRECTORY } from "../spool/spool.js";
import { createSpoolWriter, type SpoolWriter } from "../spool/spool-writer.js";
import { UNLIMITED } from "../spool/unlimited.js";
import { attempt } from "../spool/write-error.js";
import { withCleanup } from "../with-cleanup.js";
import { judgeInputs } from "./judge-inputs.js";
import { createOutputMask, type OutputMask } from "./output-mask.js";
import { type ArtifactReport, createReportBuilder } from "./report-builder.js";
import { scanApart } from "./scan-apart.js";
import { scanOutput } from "./scan-output.js";
import { type ScrubbedFacts, scrubFacts } from "./scrub-facts.js";
import { scrubInputs } from "./scrub-records.js";
import type { ScanElsewhere, SealOptions } from "./seal-options.js";
import { type RemainingSecret, remainingSecrets, secretRemains } from "./secret-remains.js";
import { UNSCRUBBED } from "./unscrubbed.js";
import { writeEvidence } from "./write-evidence.js";

/** The directories of a seal. */
export interface SealedDirectories {
  fs: FileSystem;
  /** A complete cassette, which is only read. */
  from: string;
  /** Existing contents are removed. */
  to: string;
  integrity: boolean;
  /** Its verification, if it was just verified. */
  verified?: Verified;
}

/** A mask may join characters into a new match; this many rounds at most. */
const MOST_SCANS = 6;
/** Bytes of output below which starting another thread takes longer than it saves. */
const WORTH_A_THREAD = 8 << 20;

/**
 * Makes a scrubbed copy of a cassette.
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
    const judged = await withPasswords(source, options);
    return await sealCassette(source, directories, { ...judged, redactor: judged.redactor ?? UNSCRUBBED });
  } finally {
    await source.close();
  }
}

/** The same options with the passwords that were typed in the recording. */
async function withPasswords(source: Cassette, options: SealOptions): Promise<SealOptions> {
  const { passwords, createEmulator, typedAhead, signal } = options;
  if (!passwords || !createEmulator) return options;
  const { isDistinct, withSecrets } = passwords;
  const { withheld, secrets } = await judgeInputs(source, { createEmulator, isDistinct, signal });
  return {
    ...options,
    ...(secrets.length > 0 && withSecrets(secrets)),
    typedAhead: new Map([...withheld, ...(typedAhead ?? [])]),
  };
}

/** What sealing is done with once it is known. */
type Sealing = SealOptions & { redactor: Redactor };

/** The facts of a recording before its records are written. */
interface Prepared {
  source: Cassette;
  facts: ScrubbedFacts;
  inputs: ReadonlyMap<number, InputRecord | null>;
  mask: OutputMask;
  found: ArtifactReport[];
}

async function sealCassette(
  source: Cassette,
  directories: SealedDirectories,
  options: Sealing,
): Promise<ScrubReport> {
  const { redactor } = options;
  const found: ArtifactReport[] = [...(options.found ?? [])];
  const facts = scrubFacts(source, redactor, found);
  const inputs = await scrubInputs(source, redactor, found, options.typedAhead);
  const prepared: Prepared = { source, facts, inputs, mask: createOutputMask(), found };
  const looks = new Set<number>();
  for (;;) {
    const { report, remains } = await writeScanned(prepared, looks, directories, options);
    const [first] = remains;
    if (first === undefined) return report;
    if (remains.every(({ rawEnd = 0 }) => looks.has(rawEnd))) throw secretRemains(first, directories.from);
    // A frame showed a secret that no scan of the stream found: scan the screen there.
    for (const { rawEnd = 0 } of remains) looks.add(rawEnd);
  }
}

/** The written evidence, and secrets that its screens still showed. */
interface Written {
  report: ScrubReport;
  remains: RemainingSecret[];
}

/**
 * Scans and masks until a scan finds nothing, and writes. If scans can run in a worker, everything is written in the meantime as if
 * this one
 * found nothing; a useless write costs only a processor that would have waited.
 */
async function writeScanned(
  prepared: Prepared,
  looks: ReadonlySet<number>,
  directories: SealedDirectories,
  options: Sealing,
): Promise<Written> {
  const { source, mask } = prepared;
  const { scanElsewhere } = options;
  const isApart = scanElsewhere && looks.size === 0 && isLong(source, options);
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

function isLong({ rawSize }: Prepared["source"], { followed }: Sealing): boolean {
  return rawSize >= WORTH_A_THREAD || followed !== undefined;
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
  const [last] = remainingSecrets(report, { artifact: ARTIFACT.outputRaw });
  if (last) throw secretRemains(last, source.dir);
  return false;
}

/** Writes while a scan runs; null if the scan found something to mask, which aborts the writing. */
async function writeWhile(
  scanElsewhere: ScanElsewhere,
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
  const scanned = scanApart({ ...options, scanElsewhere, source, mask }, signal).then((found) =>
    note(found, prepared),
  );
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

/** @param scanned resolves when the last scan is done; its report is written, too. */
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
    putDocuments(writer, { ...facts, final: { ...facts.final, seq: finalSeq }, scrubReport: report });
    await writer.flush();
    const manifest = describeDrawing(
      withFieldsIfUnmasked(facts.manifest, report, options),
      options.emulator,
      drawingStoppedAt,
    );
    await completeDirectory({ fs, dir: to, writer, manifest, integrity });
    return { report, remains };
  };
  return withCleanup(write, () => writer.close());
}

/** Adds what may be said only of a recording that is as it was: a digest of secret text would let it be guessed. */
function withFieldsIfUnmasked(
  manifest: Manifest,
  { status }: ScrubReport,
  { ifUnmasked, typedAhead }: Sealing,
): Manifest {
  if (!ifUnmasked || status === "redacted" || (typedAhead?.size ?? 0) > 0) return manifest;
  const cassette = { ...cassetteExtras(manifest), ...ifUnmasked };
  return { ...manifest, optional: { ...manifest.optional, cassette } };
}

/** Names the emulator of the frames, and where drawing stopped. */
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

type SealedDocuments = ScrubbedFacts & Pick<DocumentTypes, "scrubReport">;

function putDocuments({ documents }: SpoolWriter, { manifest: _, ...facts }: SealedDocuments): void {
  for (const [name, value] of Object.entries(facts) as [DocumentName, DocumentTypes[DocumentName] | null][]) {
    if (value) documents.put(DOCUMENTS[name].file, encodeDocument(name, value));
  }
}
