import type { ArtifactFile } from "@cassette/format";
import { CassetteError, type DocumentName, type DocumentTypes } from "@cassette/format";
import { decodeUtf8, parseDocument } from "@cassette/format/schema";

/** Reads a whole `.json` file. */
export async function readArtifact(file: ArtifactFile): Promise<Uint8Array> {
  const bytes = new Uint8Array(file.size);
  let filled = 0;
  while (filled < bytes.length) {
    const read = await file.read(bytes.subarray(filled), filled);
    if (read === 0) break;
    filled += read;
  }
  await file.assertUnchanged();
  return bytes.subarray(0, filled);
}

/** Parses the bytes of a `.json` file; an empty one is an error. */
export function parseArtifact<Name extends DocumentName>(
  file: ArtifactFile,
  bytes: Uint8Array,
  name: Name,
): DocumentTypes[Name] {
  const where = { file: file.path };
  if (bytes.length === 0) {
    throw new CassetteError("CASSETTE_JSON_TRUNCATED", "The file is empty.", { ...where, line: 1 });
  }
  return parseDocument(name, decodeUtf8(bytes, 0, bytes.length, where), where);
}
