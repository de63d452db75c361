import { ARTIFACT, type InputRecord, type Redactor, type ScrubReport } from "@cassette/format";
import { encodeDiscovery, encodeFinalRecord, encodeQuota, encodeScrubReport } from "@cassette/format/schema";
import type { Cassette } from "../reader/cassette.js";
import { openCassette, openVerified } from "../reader/open-cassette.js";
import type { Verified } from "../reader/verify.js";
import { completeDirectory } from "../recorder/complete-directory.js";
import type { FileSystem } from "../recorder/file-system.js";
import { OWN_LIMITS } from "../recorder/own-limits.js";
import { CASSETTE_DIRECTORY } from "../recorder/spool.js";
import { createSpoolWriter, type SpoolWriter } from "../recorder/spool-writer.js";
import { attempt } from "../recorder/write-error.js";
import { createOutputMask, type OutputMask } from "./output-mask.js";
import { createReportBook, type Found } from "./report-book.js";
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
    ? await openVerified(from, OWN_LIMITS, verified)
    : await openCassette(from, { limits: OWN_LIMITS, signal: options.signal });
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
  inputs: ReadonlyMap<number, InputRecord>;
  mask: OutputMask;
  found: Found[];
}

async function sealCassette(
  source: Cassette,
  directories: SealedDirectories,
  options: Sealing,
): Promise<ScrubReport> {
  const { redactor } = options;
  const found: Found[] = [];
  const facts = scrubFacts(source, redactor, found);
  const inputs = await scrubInputs(source, redactor, found);
  const prepared: Prepared = { source, facts, inputs, mask: createOutputMask(), found };
  const looks = new Set<number>();
  for (;;) {
    await maskOutput(prepared, looks, options);
    const { report, remains } = await writeDirectory(prepared, directories, options);
    const [first] = remains;
    if (first === undefined) return report;
    if (remains.every(({ rawEnd = 0 }) => looks.has(rawEnd))) throw secretRemains(first, directories.from);
    // Somebody saw what no scan of the stream told: look at the screen just there.
    for (const { rawEnd = 0 } of remains) looks.add(rawEnd);
  }
}

/** Scans and masks until a scan finds nothing. */
async function maskOutput(
  { source, mask, found }: Prepared,
  looks: ReadonlySet<number>,
  options: Sealing,
): Promise<void> {
  let last: Remains[] = [];
  for (let scans = 0; scans < MOST_SCANS; scans++) {
    const { mask: more, report } = await scanOutput({ ...options, source, mask, looks });
    found.push([ARTIFACT.outputRaw, report]);
    last = remainsIn(report, { artifact: ARTIFACT.outputRaw });
    if (more.ranges.length === 0) break;
    mask.add(more);
  }
  if (last[0]) throw secretRemains(last[0], source.dir);
}

async function writeDirectory(
  { source, facts, inputs, mask, found }: Prepared,
  { fs, to, integrity }: SealedDirectories,
  options: Sealing,
): Promise<{ report: ScrubReport; remains: Remains[] }> {
  await attempt(to, () => fs.remove(to));
  await attempt(to, () => fs.makeDirectory(to, CASSETTE_DIRECTORY));
  const writer = await createSpoolWriter(fs, to);
  try {
    const book = createReportBook(found);
    const { finalSeq, remains } = await writeEvidence({ ...options, source, mask, inputs, book, writer });
    const report = book.report();
    if (remains.length > 0) return { report, remains };
    putDocuments(writer, { ...facts, final: { ...facts.final, seq: finalSeq }, report });
    await writer.flush();
    const { manifest } = facts;
    const terminal = { ...manifest.terminal, emulator: options.emulator };
    await completeDirectory({ fs, dir: to, writer, manifest: { ...manifest, terminal }, integrity });
    return { report, remains };
  } finally {
    await writer.close();
  }
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
