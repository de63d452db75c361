import { join } from "node:path";
import { ARTIFACT, type ArtifactName } from "@cassette/format";
import type { ArtifactDigest } from "../integrity.js";
import { LINE_ARTIFACTS, LINE_KINDS, type LineKind } from "../reader/record-kinds.js";
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

export async function createSpoolWriter(fs: FileSystem, dir: string): Promise<SpoolWriter> {
  const writers = await openWriters(fs, dir);
  const { raw, ...lines } = writers;
  const all = Object.values(writers);
  const documents = createDocuments(fs, dir);
  let cycle: Promise<void> | null = null;
  let failure: Error | null = null;
  let timer: NodeJS.Timeout | undefined;

  return {
    lines,
    raw,
    documents,
    start() {
      if (failure !== null || cycle !== null) return;
      if (waiting() >= WORTH_WRITING) cycle = run();
      else timer ??= setTimeout(startNow, LONGEST_WAIT_MS);
    },
    get failure() {
      return failure;
    },
    drain: () => (failure === null && waiting() < HIGH_WATER ? DRAINED : settle(HIGH_WATER)),
    flush: () => settle(1),
    // Calls that wait for the same disk run in parallel.
    sync: () => allOf([...all.map((writer) => writer.sync()), attempt(dir, () => fs.syncDirectory(dir))]),
    async close() {
      if (failure === null) await settle(1).catch(() => {});
      await cycle;
      clearTimeout(timer);
      await allOf(all.map((writer) => writer.close()));
    },
    written() {
      const written = documents.digests();
      const add = (name: ArtifactName, writer: ArtifactWriter) =>
        written.set(name, { size: writer.size, sha256: writer.digest() });
      for (const kind of LINE_KINDS) add(LINE_ARTIFACTS[kind], lines[kind]);
      return add(ARTIFACT.outputRaw, raw);
    },
  };

  function startNow(): void {
    timer = undefined;
    if (failure === null) cycle ??= run();
  }

  function waiting(): number {
    let bytes = documents.pending;
    for (const writer of all) bytes += writer.pending;
    return bytes;
  }

  /** Writes, also after a failure, until fewer than `mark` bytes wait. */
  async function settle(mark: number): Promise<void> {
    failure = null;
    while (waiting() >= mark) {
      cycle ??= run();
      await cycle;
      if (failure !== null) throw failure;
    }
  }

  /** Runs cycles until nothing is left. Never rejects: a failure is kept for the next caller. */
  async function run(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    // Records made in the same turn share a cycle.
    await DRAINED;
    try {
      do await runCycle();
      while (waiting() >= WORTH_WRITING);
    } catch (error) {
      failure = error as Error;
    }
    cycle = null;
    if (failure === null && waiting() > 0) timer ??= setTimeout(startNow, LONGEST_WAIT_MS);
  }

  /** Bytes are written before the lines that describe them, so that after a crash no line describes missing bytes. */
  async function runCycle(): Promise<void> {
    for (const writer of all) writer.mark();
    await raw.flush();
    for (const writer of Object.values(lines)) await writer.flush();
    await documents.flush();
  }
}

/** Waits for all, even if one fails: no file is closed while it is synced. Throws the first error. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  for (const work of await Promise.allSettled(works)) if (work.status === "rejected") throw work.reason;
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
