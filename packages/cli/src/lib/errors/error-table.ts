import type { CassetteErrorCode } from "@cassette/format";
import { CONVERSION_ERRORS } from "./conversion-errors.js";
import type { ErrorEntry } from "./error-entry.js";
import { PICTURE_ERRORS } from "./picture-errors.js";
import { PROGRAM_ERRORS } from "./program-errors.js";
import { READING_ERRORS } from "./reading-errors.js";
import { RECORDING_ERRORS } from "./recording-errors.js";
import { TABLE_ERRORS } from "./table-errors.js";
import { TESTING_ERRORS } from "./testing-errors.js";

/** Every error code with its exit status, title and remedy. A code that is missing here does not compile. */
export const ERROR_TABLE: Readonly<Record<CassetteErrorCode, ErrorEntry>> = {
  ...READING_ERRORS,
  ...RECORDING_ERRORS,
  ...PROGRAM_ERRORS,
  ...TESTING_ERRORS,
  ...PICTURE_ERRORS,
  ...CONVERSION_ERRORS,
  ...TABLE_ERRORS,
};
