import { CassetteError, isCassetteError } from "@cassette/format";
import type { PlainError } from "./job.js";

/** What of an error can cross from a worker. @throws what is not a CassetteError. */
export function toPlainError(error: unknown): PlainError {
  if (!isCassetteError(error)) throw error;
  const { code, message, hint, file, line } = error;
  return { code, message, hint, file, line };
}

/** The error on the other side. */
export function fromPlainError({ code, message, ...details }: PlainError): CassetteError {
  return new CassetteError(code, message, details);
}
