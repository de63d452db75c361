import { isCassetteError } from "@cassette/format";

/** Whether an emulator refuses to draw any more. The recording itself is still whole. */
export function isDrawingFailure(error: unknown): boolean {
  return (
    isCassetteError(error, "CASSETTE_DRAWING_TOO_COSTLY") ||
    isCassetteError(error, "CASSETTE_EMULATOR_FAILED") ||
    isCassetteError(error, "CASSETTE_SIZE_INVALID")
  );
}
