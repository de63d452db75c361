import { extname } from "node:path";
import { CassetteError } from "@cassette/format";

/** Pictures, texts and the page of a recording, by the ending of a file's name. */
const PICTURE_FORMATS = ["svg", "png", "gif", "txt", "ansi", "html"] as const;

/** Recordings of other tools. */
const RECORDING_FORMATS = ["asciicast-v2", "asciicast-v3", "ttyrec", "typescript"] as const;

export type PictureFormat = (typeof PICTURE_FORMATS)[number];
export type RecordingFormat = (typeof RECORDING_FORMATS)[number];

/** What a recording can be converted to. */
export type Format = PictureFormat | RecordingFormat | "cassette" | "zip";

export const FORMATS: readonly Format[] = [...PICTURE_FORMATS, ...RECORDING_FORMATS, "cassette", "zip"];

/** What the ending of a name says. */
const BY_ENDING: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(PICTURE_FORMATS.map((name) => [name, name])),
  cast: "asciicast-v2",
  ttyrec: "ttyrec",
  typescript: "typescript",
  cassette: "cassette",
  zip: "zip",
};

/** The endings, for help texts. */
export const ENDINGS: readonly string[] = Object.keys(BY_ENDING).map((ending) => `.${ending}`);

/**
 * What to make.
 * @param out path of a file or a cassette, or `-`
 * @throws CassetteError CASSETTE_USAGE where neither an option nor the ending says it.
 */
export function formatOf(out: string, wanted: Format | undefined): Format {
  const format = wanted ?? BY_ENDING[extname(out).slice(1).toLowerCase()];
  if (format !== undefined) return format;
  throw new CassetteError("CASSETTE_USAGE", "The file's extension names no format.", {
    hint: `Use ${ENDINGS.join(", ")}, or --format.`,
  });
}

/** Whether a format is a picture, a page or a text. */
export function isPicture(format: Format): format is PictureFormat {
  return (PICTURE_FORMATS as readonly Format[]).includes(format);
}
