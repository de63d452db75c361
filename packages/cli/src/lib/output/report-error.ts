import { isCassetteError } from "@cassette/format";
import { colour } from "./colour.js";
import { escapeText } from "./escape-text.js";
import { EXIT, exitStatusOf } from "./exit-status.js";

/** Where the command prints. */
export interface Streams {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

/**
 * Prints an error: one sentence, its code, and what to do about it.
 * @returns the exit status
 */
export function reportError(error: unknown, { stderr }: Pick<Streams, "stderr">): number {
  const name = colour(stderr, "red", "cassette:");
  if (!isCassetteError(error)) {
    stderr.write(`${name} ${escapeText(error instanceof Error ? error.message : String(error))}\n`);
    return EXIT.failed;
  }
  const place =
    error.file === undefined ? "" : `${error.file}${error.line === undefined ? "" : `:${error.line}`}: `;
  stderr.write(`${name} ${escapeText(place + error.message)} [${error.code}]\n`);
  if (error.hint) stderr.write(`  ${escapeText(error.hint)}\n`);
  return exitStatusOf(error.code);
}
