import {
  type TerminalRecording,
  type Written,
  writeAsciicast,
  writeTtyrec,
  writeTypescript,
} from "@cassette/convert";
import { CassetteError } from "@cassette/format";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { withSealing } from "../../sealing/run-sealing.js";
import {
  type Conversion,
  demandNoLoss,
  openEither,
  type RecordingArguments,
  refuseExistingReport,
  reportLosses,
} from "./conversion.js";
import type { RecordingFormat } from "./formats.js";
import { openPartialFiles, refuseExisting } from "./write-file.js";

/** A piece of one of the files of a format; most have only one. */
interface FilePiece {
  file: "data" | "timing";
  content: string | Uint8Array;
}

const WRITERS: Record<
  RecordingFormat,
  (recording: TerminalRecording, options: RecordingArguments) => Written<FilePiece | string | Uint8Array>
> = {
  "asciicast-v2": (recording, { input }) => writeAsciicast(recording, { version: 2, input }),
  "asciicast-v3": (recording, { input }) => writeAsciicast(recording, { version: 3, input }),
  ttyrec: writeTtyrec,
  typescript: (recording, { input }) => writeTypescript(recording, { input }),
};

/** Writes a recording in a format of another tool. */
export async function convertToRecording(
  source: string,
  target: string,
  format: RecordingFormat,
  options: RecordingArguments,
  { stdout, stderr }: Streams,
): Promise<number> {
  const conversion: Conversion = { source, target, format, options };
  const paths = pathsOf(target, format);
  if (!options.overwrite) for (const path of Object.values(paths)) refuseExisting(path);
  refuseExistingReport(options);
  return withSealing(stderr, async (watch) => {
    await using opened = await openEither(conversion, watch);
    const { recording } = opened;
    const { pieces, losses } = WRITERS[format](
      { ...recording, facts: withSize(recording, options) },
      options,
    );
    await using files = await openPartialFiles(paths);
    const writer = createWriter(stdout);
    for await (const piece of pieces()) {
      watch.signal.throwIfAborted();
      const { file, content } = asFilePiece(piece);
      if (target === "-") await writer.write(content);
      else await files.write(file, content);
    }
    const lost = losses.list();
    demandNoLoss(conversion, lost);
    await files.commit();
    if (!options.quiet && target !== "-")
      stderr.write(`${escapeText(target)}: ${format}, from ${recording.format}${unmasked(recording)}.\n`);
    await reportLosses(conversion, recording.format, lost, stderr);
    return EXIT.success;
  });
}

/** A cassette was scrubbed when it was made; another recording was not, and is not now. */
function unmasked({ format }: TerminalRecording): string {
  return format === "cassette" ? "" : "; secrets are not masked";
}

/** The files to write: none for standard output, which holds one file only. */
function pathsOf(target: string, format: RecordingFormat): Partial<Record<FilePiece["file"], string>> {
  if (target !== "-")
    return {
      data: target,
      ...(format === "typescript" && { timing: `${target.replace(/\.typescript$/i, "")}.timing` }),
    };
  if (format !== "typescript") return {};
  throw new CassetteError("CASSETTE_USAGE", "A typescript is two files; standard output is one.");
}

function withSize(
  { facts }: TerminalRecording,
  { windowSize }: RecordingArguments,
): TerminalRecording["facts"] {
  return facts.size || !windowSize ? facts : { ...facts, size: windowSize };
}

function asFilePiece(piece: FilePiece | string | Uint8Array): FilePiece {
  return typeof piece === "object" && "file" in piece ? piece : { file: "data", content: piece };
}
