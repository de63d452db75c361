import { CassetteError } from "@cassette/format";

/** The error of a server that does not answer, or not as it should. */
export function downloadFailed(file: string, message: string, hint?: string): CassetteError {
  return new CassetteError("CASSETTE_DOWNLOAD_FAILED", message, { file, hint });
}
