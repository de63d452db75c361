import {
  type ArtifactName,
  type ArtifactSource,
  OPTIONAL_ARTIFACTS,
  REQUIRED_ARTIFACTS,
  type ReadableBytes,
} from "@cassette/format";
import { fileTooLarge } from "../reader/file-errors.js";
import { archiveInvalid } from "./archive-invalid.js";
import { type BlockOffsets, MAX_OFFSETS_BYTES, parseBlockOffsets } from "./block-offsets.js";
import { type Entry, readEntries } from "./entries.js";
import { locateData } from "./entry-data.js";
import { openEntry } from "./entry-file.js";
import type { Inflater } from "./inflater.js";
import { readExactly } from "./read-exactly.js";
import { METHOD, OFFSETS_NAME } from "./zip-records.js";

const NAMES: readonly ArtifactName[] = [...REQUIRED_ARTIFACTS, ...OPTIONAL_ARTIFACTS];
const MANIFEST: ArtifactName = "manifest.json";

/**
 * A zip archive of one cassette as its source. The files are at the root or in one folder at the top; others are ignored.
 * @param archive is closed with the source, and also if this fails.
 * @throws CassetteError CASSETTE_ARCHIVE_INVALID, and of reading.
 */
export async function createArchiveSource(
  archive: ReadableBytes,
  inflater: Inflater,
): Promise<ArtifactSource> {
  try {
    const entries = await readEntries(archive);
    const folder = folderOf(archive, entries);
    const files = new Map(entries.map((entry) => [entry.name, entry]));
    const offsets = await readBlockOffsets(archive, files.get(folder + OFFSETS_NAME));
    return sourceOf({ archive, inflater, folder, files, offsets });
  } catch (error) {
    await archive.close();
    throw error;
  }
}

interface OpenedArchive {
  archive: ReadableBytes;
  inflater: Inflater;
  folder: string;
  files: ReadonlyMap<string, Entry>;
  offsets: BlockOffsets | null;
}

function sourceOf({ archive, inflater, folder, files, offsets }: OpenedArchive): ArtifactSource {
  const pathOf = (name: ArtifactName) => `${archive.path}/${folder}${name}`;
  return {
    path: archive.path,
    pathOf,
    list: async () => NAMES.filter((name) => files.has(folder + name)),
    async open(name, maxBytes) {
      const entry = files.get(folder + name);
      if (entry === undefined) return null;
      const path = pathOf(name);
      if (entry.bytes > maxBytes) throw fileTooLarge(path, maxBytes, entry.bytes);
      return openEntry(archive, entry, { name, path, offsets: offsets?.get(name), inflater });
    },
    assertSame: () => archive.assertUnchanged(),
    close: () => archive.close(),
  };
}

/** The folder of the files with a slash, or nothing at the root. */
function folderOf(archive: ReadableBytes, entries: readonly Entry[]): string {
  const depth = (name: string) => name.split("/").length;
  const found = entries.filter(
    ({ name }) => depth(name) <= 2 && (name === MANIFEST || name.endsWith(`/${MANIFEST}`)),
  );
  const [manifest, another] = found;
  if (another !== undefined)
    throw archiveInvalid(archive.path, "There are several cassettes in the archive.", another.offset);
  if (manifest === undefined) throw archiveInvalid(archive.path, "There is no cassette in the archive.");
  return manifest.name.slice(0, -MANIFEST.length);
}

async function readBlockOffsets(
  archive: ReadableBytes,
  entry: Entry | undefined,
): Promise<BlockOffsets | null> {
  if (entry === undefined || entry.method !== METHOD.stored || entry.bytes > MAX_OFFSETS_BYTES) return null;
  const start = await locateData(archive, entry);
  return parseBlockOffsets(new TextDecoder().decode(await readExactly(archive, start, entry.bytes)));
}
