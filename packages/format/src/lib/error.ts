import type { CassetteErrorCode } from "./error-codes.js";

/** The details of a {@link CassetteError}, for programs. Never captured bytes. */
export interface CassetteErrorDetails {
  /** What to do about it, one sentence. */
  hint?: string;
  /** The file concerned, as named by the caller. */
  file?: string;
  /** Line in `file`, from 1. */
  line?: number;
  /** Byte in `file`, from 0, where there are no lines. */
  byteOffset?: number;
  /** The record concerned. */
  seq?: number;
  expected?: string | number;
  actual?: string | number;
  /** The system's error, if one caused this. */
  cause?: unknown;
}

/** The one error class. Switch on `code`; across packages and versions `instanceof` may fail, `code` does not. */
export class CassetteError extends Error {
  override readonly name = "CassetteError";
  readonly code: CassetteErrorCode;
  readonly hint?: string;
  readonly file?: string;
  readonly line?: number;
  readonly byteOffset?: number;
  readonly seq?: number;
  readonly expected?: string | number;
  readonly actual?: string | number;

  /**
   * @param code what happened, for programs.
   * @param message one sentence for people, without captured bytes.
   */
  constructor(code: CassetteErrorCode, message: string, details: CassetteErrorDetails = {}) {
    const { cause, ...facts } = details;
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    Object.assign(this, facts);
  }
}

/** Whether `error` is a {@link CassetteError}, of this or another copy of the package; with `code`, of that code. */
export function isCassetteError(error: unknown, code?: CassetteErrorCode): error is CassetteError {
  if (!(error instanceof Error) || error.name !== "CassetteError" || !("code" in error)) return false;
  return code === undefined || error.code === code;
}
