import type { CassetteErrorCode } from "@cassette/format";

/** The facts of an error that are printed, from a CassetteError or from a worker's message. */
interface ErrorFacts {
  code: CassetteErrorCode;
  message: string;
  file?: string;
  line?: number;
}

/** An error as every `--json` output shows it. */
export function errorToJson({ code, message, file, line }: ErrorFacts) {
  return { code, message, file: file ?? null, line: line ?? null };
}
