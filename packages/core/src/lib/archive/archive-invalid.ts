import { CassetteError } from "@cassette/format";

/** The error of an archive that is malformed, or built to deceive. */
export function archiveInvalid(file: string, message: string, byteOffset?: number): CassetteError {
  return new CassetteError("CASSETTE_ARCHIVE_INVALID", message, {
    file,
    byteOffset,
    hint: "Pack the cassette again: cassette convert CASSETTE OUT.zip",
  });
}
