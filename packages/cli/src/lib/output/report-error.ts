import { type CassetteError, isCassetteError } from "@cassette/format";
import { errorToJson } from "../errors/error-json.js";
import { ERROR_TABLE } from "../errors/error-table.js";
import { colour } from "./colour.js";
import { escapeJson, escapeText } from "./escape-text.js";
import { EXIT, exitStatusOf } from "./exit-status.js";

/** Where the command prints. */
export interface Streams {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** Errors are JSON objects, one a line. */
  jsonErrors?: boolean;
}

/**
 * Prints an error as a sentence with its code and what to do about it, or as JSON. Escapes all of it.
 * @returns the exit status
 */
export function reportError(error: unknown, streams: Omit<Streams, "stdout">): number {
  const { stderr, jsonErrors } = streams;
  if (!isCassetteError(error)) {
    const message = error instanceof Error ? error.message : String(error);
    stderr.write(jsonErrors ? jsonLine({ code: null, message }) : sentence(stderr, message));
    return EXIT.failure;
  }
  stderr.write(
    jsonErrors ? jsonLine({ ...errorToJson(error), hint: hintOf(error) }) : paragraph(stderr, error),
  );
  return exitStatusOf(error.code);
}

function paragraph(stderr: NodeJS.WriteStream, error: CassetteError): string {
  const { file, line, message, code } = error;
  const place = file === undefined ? "" : `${file}${line === undefined ? "" : `:${line}`}: `;
  return `${sentence(stderr, `${place}${message} [${code}]`)}  ${escapeText(hintOf(error))}\n`;
}

function sentence(stderr: NodeJS.WriteStream, text: string): string {
  return `${colour(stderr, "red", "cassette:")} ${escapeText(text)}\n`;
}

function jsonLine(error: object): string {
  return `${escapeJson(JSON.stringify({ error }))}\n`;
}

/** What the error itself suggests goes before what is said of its code. */
function hintOf({ hint, code }: CassetteError): string {
  return hint ?? ERROR_TABLE[code].remedy;
}
