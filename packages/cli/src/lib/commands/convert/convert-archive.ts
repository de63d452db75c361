import { packArchive, unpackArchive } from "@cassette/core/archive";
import { CassetteError } from "@cassette/format";
import { openCassetteAt, openSource } from "@cassette/terminal/recordings";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createParentFolder } from "../../recording/parent-folder.js";
import { type SealingWatch, withSealing } from "../../sealing/run-sealing.js";
import { openPartialFiles, refuseExisting } from "./write-file.js";

/** Options of archives, as the command line gives them. */
export interface ArchiveArguments {
  overwrite?: boolean;
  /** Compression, 0 to 9. */
  level?: number;
  quiet?: boolean;
}

/** Packs a cassette into an archive, or unpacks one. What is made is verified before it has its name. */
export async function packOrUnpack(
  source: string,
  target: string,
  format: "zip" | "cassette",
  options: ArchiveArguments,
  { stderr }: Streams,
): Promise<number> {
  if (source === "-" || target === "-")
    throw new CassetteError("CASSETTE_USAGE", "An archive is read and written by its path.");
  return withSealing(stderr, async (watch) => {
    if (format === "zip") await pack(source, target, options, watch);
    else await unpack(source, target, options, watch);
    const what = format === "zip" ? "packed" : "unpacked";
    if (!options.quiet) stderr.write(`${escapeText(target)}: ${what}, verified.\n`);
    return EXIT.success;
  });
}

async function pack(
  path: string,
  target: string,
  { overwrite, level }: ArchiveArguments,
  { signal }: SealingWatch,
): Promise<void> {
  if (!overwrite) refuseExisting(target);
  const source = await openSource(path);
  try {
    await using files = await openPartialFiles({ archive: target });
    for await (const piece of packArchive(source, { level, signal })) await files.write("archive", piece);
    await (await openCassetteAt(files.pathOf("archive"), { signal })).close();
    await files.commit();
  } finally {
    await source.close();
  }
}

async function unpack(
  path: string,
  target: string,
  { overwrite }: ArchiveArguments,
  { signal }: SealingWatch,
): Promise<void> {
  const source = await openSource(path);
  const removeFolder = createParentFolder(target);
  try {
    await unpackArchive(source, target, { overwrite, signal });
  } catch (error) {
    removeFolder();
    throw error;
  } finally {
    await source.close();
  }
}
