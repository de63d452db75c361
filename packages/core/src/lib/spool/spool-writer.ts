import { join } from "node:path";
import { ARTIFACT, type ArtifactName } from "@cassette/format";
import type { ArtifactDigest } from "../reader/integrity.js";
import { LINE_ARTIFACTS, LINE_KINDS, type LineKind } from "../reader/record-kinds.js";
import { allOf } from "./all-of.js";
import { type ArtifactWriter, createArtifactWriter } from "./artifact-writer.js";
import { createDocuments, type Documents } from "./documents.js";
import type { FileSystem } from "./file-system.js";
import { attempt } from "./write-error.js";

/** Writes the artifacts of one recording in the background, all of them together. */
export interface SpoolWriter {
  /** The lines of each kind. */
  readonly lines: Readonly<Record<LineKind, ArtifactWriter>>;
  readonly raw: ArtifactWriter;
  readonly documents: Documents;
  /** Schedules a write: at once if much was appended, otherwise together with later records. */
  start(): void;
  /** The error that stopped the writing, until `drain` or `flush` succeeds. */
  readonly failure: Error | null;
  /** Resolves when few enough bytes wait to be written. */
  drain(): Promise<void>;
  /** Writes everything. May be called again after a failure. */
  flush(): Promise<void>;
  /** Makes everything written durable. */
  sync(): Promise<void>;
  /** Writes the rest, unless that failed before, and releases the files. */
  close(): Promise<void>;
  /** Size and digest of every artifact as written; for `output.raw`, whose chunks have digests, only the size. */
  written(): Map<ArtifactName, ArtifactDigest>;
}

/** A caller that awaits `drain` never has much more than this in memory. */
const HIGH_WATER = 4 * 1024 * 1024;
/** Each write wakes another thread, which costs more than the writing unless there is this much to write... */
const WORTH_WRITING = 512 * 1024;
/** ...but a record waits no longer than this, so that a crash loses little. */
const LONGEST_WAIT_MS = 10;
const DRAINED = Promise.resolve();

/** The files of a spool, and what is under way. */
interface SpoolState {
  readonly lines: Readonly<Record<LineKind, ArtifactWriter>>;
  readonly raw: ArtifactWriter;
  readonly documents: Documents;
  /** The writers of all lines and of the raw output. */
  readonly writers: readonly ArtifactWriter[];
  /** The writing under way. */
  cycle: Promise<void> | null;
  failure: Error | null;
  /** Starts the next writing. */
  timer: NodeJS.Timeout | undefined;
}

export async function createSpoolWriter(fs: FileSystem, dir: string): Promise<SpoolWriter> {
  const opened = await openWriters(fs, dir);
  const { raw, ...lines } = opened;
  const writers = Object.values(opened);
  const documents = createDocuments(fs, dir);
  const spool: SpoolState = { lines, raw, documents, writers, cycle: null, failure: null, timer: undefined };
  return {
    lines,
    raw,
    documents,
    start: () => start(spool),
    get failure() {
      return spool.failure;
    },
    drain: () =>
      spool.failure === null && waitingBytes(spool) < HIGH_WATER ? DRAINED : settle(spool, HIGH_WATER),
    flush: () => settle(spool, 1),
    // Calls that wait for the same disk run in parallel.
    sync: () =>
      allOf([
        ...writers.map((writer) => writer.sync()),
        documents.sync(),
        attempt(dir, () => fs.syncDirectory(dir)),
      ]),
    close: () => close(spool),
    written: () => digestsOf(spool),
  };
}

function start(spool: SpoolState): void {
  if (spool.failure !== null || spool.cycle !== null) return;
  if (waitingBytes(spool) >= WORTH_WRITING) spool.cycle = run(spool);
  else startSoon(spool);
}

function startSoon(spool: SpoolState): void {
  spool.timer ??= setTimeout(() => {
    spool.timer = undefined;
    if (spool.failure === null) spool.cycle ??= run(spool);
  }, LONGEST_WAIT_MS);
}

function waitingBytes({ writers, documents }: SpoolState): number {
  let bytes = documents.pending;
  for (const writer of writers) bytes += writer.pending;
  return bytes;
}

/** Writes, also after a failure, until fewer than `mark` bytes wait. */
async function settle(spool: SpoolState, mark: number): Promise<void> {
  spool.failure = null;
  while (waitingBytes(spool) >= mark) {
    spool.cycle ??= run(spool);
    await spool.cycle;
    if (spool.failure !== null) throw spool.failure;
  }
}

/** Runs cycles until nothing is left. Never rejects: a failure is kept for the next caller. */
async function run(spool: SpoolState): Promise<void> {
  clearTimeout(spool.timer);
  spool.timer = undefined;
  // Records made in the same turn share a cycle.
  await DRAINED;
  try {
    do await runCycle(spool);
    while (waitingBytes(spool) >= WORTH_WRITING);
  } catch (error) {
    spool.failure = error as Error;
  }
  spool.cycle = null;
  if (spool.failure === null && waitingBytes(spool) > 0) startSoon(spool);
}

/** Bytes are written before the lines that describe them, so that after a crash no line describes missing bytes. */
async function runCycle({ lines, raw, documents, writers }: SpoolState): Promise<void> {
  for (const writer of writers) writer.mark();
  await raw.flush();
  for (const writer of Object.values(lines)) await writer.flush();
  await documents.flush();
}

async function close(spool: SpoolState): Promise<void> {
  if (spool.failure === null) await settle(spool, 1).catch(() => {});
  await spool.cycle;
  clearTimeout(spool.timer);
  await allOf(spool.writers.map((writer) => writer.close()));
}

function digestsOf({ lines, raw, documents }: SpoolState): Map<ArtifactName, ArtifactDigest> {
  const written = documents.digests();
  const add = (name: ArtifactName, writer: ArtifactWriter) =>
    written.set(name, { size: writer.size, sha256: writer.digest() });
  for (const kind of LINE_KINDS) add(LINE_ARTIFACTS[kind], lines[kind]);
  return add(ARTIFACT.outputRaw, raw);
}

type Writers = Record<LineKind | "raw", ArtifactWriter>;

async function openWriters(fs: FileSystem, dir: string): Promise<Writers> {
  const opened: Partial<Writers> = {};
  try {
    for (const kind of ["raw", ...LINE_KINDS] as const) {
      const path = join(dir, kind === "raw" ? ARTIFACT.outputRaw : LINE_ARTIFACTS[kind]);
      const file = await attempt(path, () => fs.createFile(path));
      opened[kind] = createArtifactWriter(path, file, kind !== "raw");
    }
  } catch (error) {
    for (const writer of Object.values(opened)) await writer.close();
    throw error;
  }
  return opened as Writers;
}
