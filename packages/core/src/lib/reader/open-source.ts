import { ARTIFACT, type ArtifactSource } from "@cassette/format";
import { iterateBatches } from "./batched-iterator.js";
import type { Cassette } from "./cassette.js";
import type { Hashing } from "./hashing.js";
import type { ReaderLimits } from "./limits.js";
import { mergeEvents } from "./merged-events.js";
import { type CassetteFiles, openFiles } from "./open-files.js";
import { createRawBytes } from "./raw-bytes.js";
import type { LineKind } from "./record-kinds.js";
import { readRecords } from "./record-source.js";
import { type Requirements, type Verified, verifyFiles } from "./verify.js";

/** Opens a cassette from any source after checking all of it. Needs no file system. */
export async function openSource(
  source: ArtifactSource,
  requirements: Requirements,
  limits: ReaderLimits,
  hashing: Hashing,
): Promise<Cassette> {
  const files = await openFiles(source, limits, hashing);
  try {
    const verified = await verifyFiles(files, requirements, limits);
    return createCassette(source.path, files, limits, verified);
  } catch (error) {
    await files.close();
    throw error;
  }
}

/** A cassette of files that were verified. */
export function createCassette(
  dir: string,
  files: CassetteFiles,
  limits: ReaderLimits,
  { marks, ...verified }: Verified,
): Cassette {
  const raw = createRawBytes(files.get(ARTIFACT.outputRaw), files.hashing);
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
