import type { Cassette } from "@cassette/core/reader";
import {
  type ConvertedRecording,
  type OpenedRecordingOptions,
  openRecording as openAny,
} from "@cassette/terminal/recordings";
import { escapeText } from "../output/escape-text.js";

/**
 * Opens a recording that the user names by its path, a cassette or one of another tool, and says so of the latter.
 * @throws CassetteError of opening it.
 */
export function openRecording(
  path: string,
  stderr: Pick<NodeJS.WriteStream, "write">,
  options: OpenedRecordingOptions = {},
): Promise<Cassette> {
  return openAny(path, {
    ...options,
    onConverted: (converted) => stderr.write(`${conversionNote(converted)}\n`),
  });
}

/** What the user should know of a recording that was converted in passing. */
export function conversionNote({ path, format }: Pick<ConvertedRecording, "path" | "format">): string {
  return `${escapeText(path)}: read as ${format}; secrets are not masked.`;
}
