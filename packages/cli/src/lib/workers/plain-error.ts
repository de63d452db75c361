import { CassetteError, isCassetteError } from "@cassette/format";
import type { PlainError } from "./job.js";

/** Converts a CassetteError for sending. @throws any other error. */
export function toPlainError(error: unknown): PlainError {
  if (!isCassetteError(error)) throw error;
  const { code, message, hint, file, line, byteOffset } = error;
  return { code, message, hint, file, line, byteOffset };
}

/** Restores the error that was sent. */
export function fromPlainError({ code, message, ...details }: PlainError): CassetteError {
  return new CassetteError(code, message, details);
}
