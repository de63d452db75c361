import { createHash } from "node:crypto";
import { chmod, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Cassette } from "@cassette/core/reader";
import { CassetteError } from "@cassette/format";
import { type PageOptions, renderPage, renderPageData } from "@cassette/render/page";
import { screensOf } from "@cassette/terminal/parts";
import { isArchive, isRecordingOfAnotherTool } from "@cassette/terminal/recordings";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { evidenceFiles } from "../../page/evidence-files.js";
import { pageDifferences } from "../../page/page-differences.js";
import { type Part, pageRecording } from "../../page/page-recording.js";
import { openRecording } from "../../recordings/open-recording.js";
import { refuseExisting, writeWhole } from "../convert/write-file.js";
import { canOpen, openInBrowser } from "./open-in-browser.js";

/** Options of `cassette view`, as the command line gives them. */
export interface ViewOptions extends Part {
  output?: string;
  overwrite?: boolean;
  diff?: string;
  evidence?: boolean;
  open: boolean;
  data?: string;
}

/** Makes a page of a cassette, and opens it unless it goes into a file. */
export async function view(dir: string, options: ViewOptions, { stdout, stderr }: Streams): Promise<number> {
  const target = options.output ?? options.data;
  await checkOptions(dir, target, options);
  await using cassette = await openRecording(dir, stderr);
  await using other = options.diff === undefined ? null : await openRecording(options.diff, stderr);
  const file = target ?? (await pageFile(cassette, other, options));
  await writeWhole(file, pieces(cassette, other, options));
  if (target !== undefined) return EXIT.success;
  if (options.open && canOpen()) await openInBrowser(file, stderr);
  else stdout.write(`${file}\n`);
  return EXIT.success;
}

/** @throws CassetteError CASSETTE_USAGE, CASSETTE_TARGET_EXISTS. */
async function checkOptions(dir: string, target: string | undefined, options: ViewOptions): Promise<void> {
  const { from = 0, to = Number.POSITIVE_INFINITY, overwrite, evidence } = options;
  if (from > to) throw new CassetteError("CASSETTE_USAGE", "--from is after --to.");
  if (target !== undefined && !overwrite) refuseExisting(target);
  if (evidence && (isArchive(dir) || (await isRecordingOfAnotherTool(dir))))
    throw new CassetteError("CASSETTE_USAGE", "Only a cassette's directory has files to have in the page.", {
      hint: "Make one first: cassette convert",
    });
}

async function* pieces(
  cassette: Cassette,
  other: Cassette | null,
  options: ViewOptions,
): AsyncGenerator<string> {
  const screens = screensOf(cassette);
  const otherScreens = other && screensOf(other);
  try {
    const recording = await pageRecording(cassette, screens, options);
    const more: PageOptions = {};
    if (options.evidence) more.evidence = await evidenceFiles(cassette);
    if (other && otherScreens)
      more.other = {
        recording: await pageRecording(other, otherScreens),
        differences: await pageDifferences(cassette, other),
      };
    yield* options.data === undefined ? renderPage(recording, more) : renderPageData(recording);
  } finally {
    screens.close();
    otherScreens?.close();
  }
}

/** Each page of a recording has a file there, in a folder that no other user can read. */
async function pageFile(
  { manifest }: Cassette,
  other: Cassette | null,
  { evidence, from, to }: ViewOptions,
): Promise<string> {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const folder = join(cache, "cassette", "pages");
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  const content = manifest.content_digest.sha256;
  const page = [content, other?.manifest.content_digest.sha256, evidence, from, to];
  return join(folder, `${createHash("sha256").update(JSON.stringify(page)).digest("hex").slice(0, 16)}.html`);
}
