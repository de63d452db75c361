// The only file that knows where recordings come from. To take archives or URLs, teach it to find and open them.
import { createHash } from "node:crypto";
import { constants, lstatSync, readdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Cassette, findCassettes, openCassette } from "@cassette/core/reader";
import { ARTIFACT } from "@cassette/format";
import { parseManifest } from "@cassette/format/schema";

/** A manifest larger than this is left to the reader to refuse. */
const MOST_BYTES = 16 * 2 ** 20;

/** What a run must know of a recording before it opens it. */
export interface InputFacts {
  id: string;
  /** The day it was recorded, `YYYY-MM-DD`; null if the manifest does not say so. */
  date: string | null;
}

/** Absolute paths of the recordings at some paths. */
export async function* findInputs(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) for await (const dir of findCassettes(resolve(path))) yield dir;
}

/**
 * Opens a recording after verifying all of it. Recordings of other tools are refused: they are not sealed evidence.
 * @throws CassetteError of the reader.
 */
export function openInput(path: string, signal?: AbortSignal): Promise<Cassette> {
  return openCassette(path, { signal });
}

/** The id and date of a recording; null if its manifest is not readable, for {@link openInput} to report. */
export async function readInputFacts(path: string): Promise<InputFacts | null> {
  try {
    const manifest = parseManifest((await readManifest(path)).toString("utf8"), {
      file: join(path, ARTIFACT.manifest),
    });
    return { id: manifest.id, date: dateOf(manifest.provenance.recorded_at) };
  } catch {
    return null;
  }
}

/** The bytes of a recording's manifest. A pipe or a link in its place is refused. */
export async function readManifest(path: string): Promise<Buffer> {
  const file = await open(
    join(path, ARTIFACT.manifest),
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  );
  try {
    const { size } = await file.stat();
    if (size > MOST_BYTES) throw new RangeError("The manifest is too large.");
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A date of the manifest as a day in UTC, years 1970 to 2999. */
function dateOf(recordedAt: string): string | null {
  const time = timeOf(recordedAt);
  return time === null ? null : new Date(time).toISOString().slice(0, 10);
}

/** A date of the manifest in milliseconds since 1970. */
export function timeOf(recordedAt: string): number | null {
  const time = /^\d{4}-\d\d-\d\dT/.test(recordedAt) ? Date.parse(recordedAt) : Number.NaN;
  return time >= 0 && time < Date.UTC(3000, 0) ? time : null;
}

/**
 * Changes whenever a file of a recording is changed, added or removed: a digest of all names, sizes and times. Null where there is no
 * such folder.
 */
export function fingerprintOf(path: string): string | null {
  try {
    const digest = createHash("sha256");
    for (const name of readdirSync(path).sort()) {
      const { size, mtimeNs, ctimeNs, mode } = lstatSync(join(path, name), { bigint: true });
      digest.update(`${name}\0${size} ${mtimeNs} ${ctimeNs} ${mode}\n`);
    }
    return digest.digest("hex").slice(0, 32);
  } catch {
    return null;
  }
}
