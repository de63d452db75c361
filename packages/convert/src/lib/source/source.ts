import { CassetteError, type CassetteErrorDetails } from "@cassette/format";
import type { SourceLimits } from "./limits.js";

/** The bytes of a recording, decompressed, and their name for errors. */
export interface Source {
  /** As the caller names it. */
  readonly name: string;
  readonly limits: SourceLimits;
  /** The bytes, once. */
  pieces(): AsyncIterable<Uint8Array>;
  /** Whether compression ended too soon; known once the pieces were read. */
  readonly isTruncated?: boolean;
}

/** Where in a source: a line from 1, or a byte from 0. */
export type Place = Pick<CassetteErrorDetails, "line" | "byteOffset">;

/** The error of a malformed source. @param message a sentence without captured bytes. */
export function sourceInvalid(
  { name: file }: Pick<Source, "name">,
  message: string,
  place: Place,
  details: Pick<CassetteErrorDetails, "hint" | "cause"> = {},
): CassetteError {
  return new CassetteError("CASSETTE_SOURCE_INVALID", message, { file, ...place, ...details });
}

/** The error of a source that is larger than a limit. */
export function limitExceeded(
  { name: file }: Pick<Source, "name">,
  what: string,
  expected: number,
  place: Place,
): CassetteError {
  return new CassetteError("CASSETTE_LIMIT_EXCEEDED", `${what} than ${expected}.`, {
    file,
    ...place,
    expected,
    hint: "If you trust the recording, read it with the library and higher `limits`.",
  });
}
