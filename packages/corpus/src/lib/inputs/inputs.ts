// The only file that knows where recordings come from.
import { createHash, type Hash } from "node:crypto";
import { constants, lstatSync, readdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Cassette, findCassettes } from "@cassette/core/reader";
import { ARTIFACT } from "@cassette/format";
import { parseManifest } from "@cassette/format/schema";
import { isArchive, isUrl, openCassetteAt, openSource } from "@cassette/terminal/recordings";

/** A manifest larger than this is left to the reader to refuse. */
const MOST_BYTES = 16 * 2 ** 20;

/** What a run must know of a recording before it opens it. */
export interface InputFacts {
  id: string;
  /** The day it was recorded, `YYYY-MM-DD`; null if the manifest does not say so. */
  date: string | null;
}

/** Absolute paths of the recordings at some paths: directories and archives, folders of them, and URLs of archives as they are. */
export async function* findInputs(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    if (isUrl(path)) yield path;
    else yield* findCassettes(resolve(path), { archives: true });
  }
}

/** The name of a recording in tables and messages: its path; of a URL not the query, which may give access. */
export function nameOf(path: string): string {
  return isUrl(path) ? path.replace(/[?#].*$/s, "") : resolve(path);
}

/**
 * Opens a recording after verifying all of it. Recordings of other tools are refused: they are not sealed evidence.
 * @throws CassetteError of the reader.
 */
export function openInput(path: string, signal?: AbortSignal): Promise<Cassette> {
  return openCassetteAt(path, { signal });
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
  if (!isArchive(path)) return readManifestFile(path);
  const source = await openSource(path);
  try {
    const file = await source.open(ARTIFACT.manifest, MOST_BYTES);
    if (file === null) throw new RangeError("The archive has no manifest.");
    const bytes = Buffer.alloc(file.size);
    for (let at = 0; at < bytes.length; ) {
      const read = await file.read(bytes.subarray(at), at);
      if (read === 0) break;
      at += read;
    }
    await file.close();
    return bytes;
  } finally {
    await source.close();
  }
}

async function readManifestFile(path: string): Promise<Buffer> {
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
 * Changes whenever a recording does: a digest of all names, sizes and times of its files, or of the one archive. Of an archive on a
 * server it is the digest of the manifest, which has the digests of all files. Null where there is no recording.
 */
export async function fingerprintOf(path: string): Promise<string | null> {
  const digest = createHash("sha256");
  try {
    if (isUrl(path)) digest.update(await readManifest(path));
    else addFileTimes(digest, path);
    return digest.digest("hex").slice(0, 32);
  } catch {
    return null;
  }
}

function addFileTimes(digest: Hash, path: string): void {
  const isFile = lstatSync(path).isFile();
  for (const name of isFile ? [""] : readdirSync(path).sort()) {
    const { size, mtimeNs, ctimeNs, mode } = lstatSync(join(path, name), { bigint: true });
    digest.update(`${name}\0${size} ${mtimeNs} ${ctimeNs} ${mode}\n`);
  }
}
