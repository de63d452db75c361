import { CassetteError, firstError, isCassetteError, systemErrorHint } from "@cassette/format";
import { errorToJson } from "../errors/error-json.js";
import { ERROR_TABLE } from "../errors/error-table.js";
import { colour } from "./colour.js";
import { displayPath } from "./display-path.js";
import { escapeJson, escapeText } from "./escape-text.js";
import { exitStatusOf } from "./exit-status.js";

/** The streams that the command prints to. */
export interface Streams {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** Print errors as JSON objects, one on each line. */
  jsonErrors?: boolean;
}

/**
 * Prints an error as a sentence with its code and what to do about it, or as JSON. Escapes all of it.
 * @returns the exit status
 */
export function reportError(thrown: unknown, { stderr, jsonErrors }: Omit<Streams, "stdout">): number {
  const error = firstError(thrown);
  const known = isCassetteError(error) ? error : unexpected(error);
  const file = known.file === undefined ? undefined : displayPath(known.file);
  const json = { ...errorToJson(known), file, hint: hintOf(known) };
  stderr.write(jsonErrors ? jsonLine(json) : paragraph(stderr, known, file));
  return exitStatusOf(known.code);
}

function unexpected(cause: unknown): CassetteError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const hint = systemErrorHint((cause as NodeJS.ErrnoException | null)?.code);
  return new CassetteError("CASSETTE_UNEXPECTED", message, { cause, hint });
}

function paragraph(stderr: NodeJS.WriteStream, error: CassetteError, file: string | undefined): string {
  const { line, byteOffset, message, code } = error;
  const within = line !== undefined ? `:${line}` : byteOffset !== undefined ? `, byte ${byteOffset}` : "";
  const place = file === undefined ? "" : `${file}${within}: `;
  const name = colour(stderr, "red", "cassette:");
  return `${name} ${escapeText(`${place}${message} [${code}]`)}\n  ${escapeText(hintOf(error))}\n`;
}

function jsonLine(error: object): string {
  return `${escapeJson(JSON.stringify({ error }))}\n`;
}

/** The error's own hint takes precedence over the remedy of its code. */
function hintOf({ hint, code }: CassetteError): string {
  return hint ?? ERROR_TABLE[code].remedy;
}
