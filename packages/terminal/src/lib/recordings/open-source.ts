import { closeSync, openSync, readSync, statSync } from "node:fs";
import { extname } from "node:path";
import { type Cassette, type OpenOptions, openCassette } from "@cassette/core/reader";
import type { ArtifactSource } from "@cassette/format";

const ZIP = "PK\x03\x04";

const URL_SCHEME = /^https?:\/\//i;

/**
 * Opens a cassette by its path, a directory or a zip archive of one, or by the URL of an archive.
 * @throws CassetteError of opening it; `signal.reason` when aborted.
 */
export async function openCassetteAt(path: string, options: OpenOptions = {}): Promise<Cassette> {
  return openCassette(isArchive(path) ? await openSource(path, options.signal) : path, options);
}

/** The files of such a cassette, for packing and unpacking; the caller closes it. */
export async function openSource(path: string, signal?: AbortSignal): Promise<ArtifactSource> {
  // Reading a directory loads nothing that reads archives.
  if (isUrl(path)) return (await import("@cassette/core/http")).openHttpArchive(path, { signal });
  const { openArchive, openDirectory } = await import("@cassette/core/archive");
  return isArchive(path) ? openArchive(path) : openDirectory(path);
}

/** Whether a path is the URL of an archive. */
export function isUrl(path: string): boolean {
  return URL_SCHEME.test(path);
}

/** Whether a path is a URL, or a file that is a zip archive by its name or its first bytes. */
export function isArchive(path: string): boolean {
  if (isUrl(path)) return true;
  try {
    if (!statSync(path).isFile()) return false;
    return extname(path).toLowerCase() === ".zip" || firstBytes(path) === ZIP;
  } catch {
    // Opening it reports why it cannot be read.
    return false;
  }
}

function firstBytes(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(ZIP.length);
    return bytes.toString("latin1", 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
