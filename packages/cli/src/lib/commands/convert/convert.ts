import { extname } from "node:path";
import { isArchive } from "@cassette/terminal/recordings";
import type { Streams } from "../../output/report-error.js";
import type { RecordingArguments } from "./conversion.js";
import type { ArchiveArguments } from "./convert-archive.js";
import type { PictureArguments } from "./convert-to-picture.js";
import { type Format, formatOf, isPicture } from "./formats.js";

/** Options of `cassette convert`, as the command line gives them. */
export interface ConvertOptions extends ArchiveArguments, PictureArguments, RecordingArguments {
  format?: Format;
}

/** Makes of a recording what the name of the target says. What makes it is loaded when it is needed. */
export async function convert(
  source: string,
  target: string,
  options: ConvertOptions,
  streams: Streams,
): Promise<number> {
  const unpacks = isArchive(source) && options.format === undefined && extname(target) === "";
  const format = unpacks ? "cassette" : formatOf(target, options.format);
  if (isPicture(format)) {
    const { convertToPicture } = await import("./convert-to-picture.js");
    return convertToPicture(source, target, format, options, streams);
  }
  if (format === "zip" || (format === "cassette" && isArchive(source))) {
    const { packOrUnpack } = await import("./convert-archive.js");
    return packOrUnpack(source, target, format, options, streams);
  }
  if (format === "cassette") {
    const { convertToCassette } = await import("./convert-to-cassette.js");
    return convertToCassette(source, target, options, streams);
  }
  const { convertToRecording } = await import("./convert-to-recording.js");
  return convertToRecording(source, target, format, options, streams);
}
