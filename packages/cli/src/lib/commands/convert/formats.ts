import { extname } from "node:path";
import { CassetteError } from "@cassette/format";

/** What a cassette can be converted to, by the ending of a file's name. */
export const FORMATS = ["svg", "png", "gif", "txt", "ansi", "html"] as const;

export type Format = (typeof FORMATS)[number];

/**
 * What to make.
 * @param out path of a file, or `-`
 * @throws CassetteError CASSETTE_USAGE where neither an option nor the ending says it.
 */
export function formatOf(out: string, wanted: Format | undefined): Format {
  const ending = extname(out).slice(1).toLowerCase();
  const format = wanted ?? FORMATS.find((name) => name === ending);
  if (format !== undefined) return format;
  throw new CassetteError("CASSETTE_USAGE", "The file's extension names no format.", {
    hint: `Use ${FORMATS.map((name) => `.${name}`).join(", ")}, or --format.`,
  });
}
