import { isCassetteError } from "@cassette/format";

/** Whether an emulator refuses to draw any more. What was recorded is whole all the same. */
export function isDrawingFailure(error: unknown): boolean {
  return (
    isCassetteError(error, "CASSETTE_DRAWING_TOO_COSTLY") ||
    isCassetteError(error, "CASSETTE_EMULATOR_FAILED") ||
    isCassetteError(error, "CASSETTE_SIZE_INVALID")
  );
}
