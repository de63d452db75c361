import type { CassetteErrorCode } from "@cassette/format";

/** The printed fields of an error: a CassetteError, or one that came from a worker. */
interface ErrorFacts {
  code: CassetteErrorCode;
  message: string;
  file?: string;
  line?: number;
  byteOffset?: number;
}

/** An error as every `--json` output shows it. */
export function errorToJson({ code, message, file, line, byteOffset }: ErrorFacts) {
  const place = { file: file ?? null, line: line ?? null };
  return { code, message, ...place, ...(byteOffset !== undefined && { byte_offset: byteOffset }) };
}
