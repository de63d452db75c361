import { ARTIFACT, type EmulatorIdentity } from "@cassette/format";
import { iterateBatches } from "./batched-iterator.js";
import type { Binding } from "./binding.js";
import type { Cassette } from "./cassette.js";
import { type ReaderLimits, withDefaultLimits } from "./limits.js";
import { mergeEvents } from "./merged-events.js";
import { type CassetteFiles, openFiles } from "./open-files.js";
import { createRawBytes } from "./raw-bytes.js";
import type { LineKind } from "./record-kinds.js";
import { readRecords } from "./record-source.js";
import { type Verified, verifyFiles } from "./verify.js";

/** What a caller requires of a cassette, and how much it may cost. */
export interface OpenOptions {
  /** Refuse any other cassette. */
  expect?: Binding;
  /** Refuse frames of any other emulator. */
  emulator?: EmulatorIdentity;
  /** `manifest.optional.integrity` is verified if present; "required" refuses a cassette without it. */
  integrity?: "if-present" | "required";
  limits?: Partial<ReaderLimits>;
  /** Aborts the opening. */
  signal?: AbortSignal;
}

/**
 * Opens a cassette after checking all of it: every line, the order of all records, every digest. Reads each file once,
 * in memory that does not grow with `output.raw`.
 * @param dir the cassette's directory.
 * @throws CassetteError for the first problem, with the file and line if there is one; `signal.reason`
 * when aborted.
 */
export async function openCassette(dir: string, options: OpenOptions = {}): Promise<Cassette> {
  const { limits: given, ...requirements } = options;
  const limits = withDefaultLimits(given);
  requirements.signal?.throwIfAborted();
  const files = await openFiles(dir, limits);
  try {
    const verified = await verifyFiles(files, requirements, limits);
    return createCassette(dir, files, limits, verified);
  } catch (error) {
    await files.close();
    throw error;
  }
}

/** Opens a cassette that this process has just verified; reads nothing yet. */
export async function openVerified(dir: string, limits: ReaderLimits, verified: Verified): Promise<Cassette> {
  return createCassette(dir, await openFiles(dir, limits), limits, verified);
}

function createCassette(
  dir: string,
  files: CassetteFiles,
  limits: ReaderLimits,
  { marks, ...verified }: Verified,
): Cassette {
  const raw = createRawBytes(files.get(ARTIFACT.outputRaw));
  let closed = false;
  const used = () => {
    if (closed) throw new TypeError("The cassette is closed.");
    return files;
  };
  const records = <K extends LineKind>(kind: K) => iterateBatches(readRecords(used(), limits, kind));
  const close = async () => {
    if (closed) return;
    closed = true;
    await files.close();
  };
  return {
    dir,
    ...verified,
    rawSize: files.get(ARTIFACT.outputRaw).size,
    events: (wanted) =>
      iterateBatches(mergeEvents({ files: used(), limits, marks, final: verified.final }, wanted)),
    inputs: () => records("input"),
    outputs: () => records("output"),
    frames: () => records("frame"),
    serviceEvents: () => records("service-event"),
    raw() {
      used();
      return raw.all();
    },
    async bytes(record) {
      used();
      return raw.chunk(record);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
