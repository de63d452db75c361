import type { Cassette } from "@cassette/core/reader";
import { CassetteError, cassetteExtras } from "@cassette/format";
import { ansiText, plainText, type Screens } from "@cassette/frames";
import { animateSvg, type PictureOptions, renderGif, renderPng, renderSvg } from "@cassette/render";
import { renderPage } from "@cassette/render/page";
import { screensOf } from "@cassette/terminal/parts";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { pageRecording } from "../../page/page-recording.js";
import { openRecording } from "../../recordings/open-recording.js";
import { chosenScreen, type ScreenChoice, timedScreens } from "./converted-screens.js";
import type { PictureFormat } from "./formats.js";
import type { Range } from "./picture-arguments.js";
import { openTheme } from "./theme.js";
import { refuseExisting, writeWhole } from "./write-file.js";

/** Options of pictures and texts, as the command line gives them. */
export interface PictureArguments extends ScreenChoice {
  overwrite?: boolean;
  loop?: number;
  theme: string;
  font?: string[];
  fontSize?: number;
  padding?: number;
  window?: boolean;
  title?: string;
  cursor: boolean;
  rows?: Range;
  cols?: Range;
}

/** What is drawn from. */
interface Source {
  cassette: Cassette;
  screens: Screens;
  options: PictureArguments;
  picture: PictureOptions;
  /** Takes text that no font has. */
  onMissing: (text: string) => void;
}

/** Makes a picture, a page or a text of a recording. */
export async function convertToPicture(
  dir: string,
  out: string,
  format: PictureFormat,
  options: PictureArguments,
  { stdout, stderr }: Streams,
): Promise<number> {
  checkOptions(format, options);
  if (out !== "-" && !options.overwrite) refuseExisting(out);
  const cassette = await openRecording(dir, stderr);
  const screens = screensOf(cassette);
  const missing = new Set<string>();
  try {
    const picture = await pictureOptions(cassette, options);
    const onMissing = (text: string) => missing.add(text);
    const pieces = MAKERS[format]({ cassette, screens, options, picture, onMissing });
    if (out === "-") for await (const piece of pieces) await createWriter(stdout).write(piece);
    else await writeWhole(out, pieces);
  } finally {
    screens.close();
    await cassette.close();
  }
  if (missing.size > 0) stderr.write(missingGlyphs([...missing]));
  return EXIT.success;
}

const MAKERS: Record<PictureFormat, (source: Source) => AsyncIterable<string | Uint8Array>> = {
  async *svg({ cassette, screens, options, picture }) {
    const { loop } = options;
    const look = { ...picture, ...(options.theme === "auto" && { theme: "auto" as const }) };
    if (isStill(options)) yield renderSvg(await chosenScreen(cassette, screens, options), look);
    else yield await animateSvg(timedScreens(cassette, screens, options), { ...look, loop });
  },
  async *png({ cassette, screens, options, picture, onMissing }) {
    const screen = await chosenScreen(cassette, screens, options);
    yield await renderPng(screen, { ...picture, fonts: options.font, onMissing });
  },
  gif({ cassette, screens, options, picture, onMissing }) {
    const { loop, font: fonts } = options;
    return renderGif(timedScreens(cassette, screens, options), { ...picture, loop, fonts, onMissing });
  },
  async *txt({ cassette, screens, options }) {
    yield `${plainText(await chosenScreen(cassette, screens, options))}\n`;
  },
  async *ansi({ cassette, screens, options }) {
    yield `${ansiText(await chosenScreen(cassette, screens, options))}\n`;
  },
  async *html({ cassette, screens, options }) {
    yield* renderPage(await pageRecording(cassette, screens, options));
  },
};

function isStill({ at, last, mark }: ScreenChoice): boolean {
  return at !== undefined || last === true || mark !== undefined;
}

/** @throws CassetteError CASSETTE_USAGE. */
function checkOptions(format: PictureFormat, options: PictureArguments): void {
  const { from = 0, to = Number.POSITIVE_INFINITY, theme, fontSize } = options;
  const refuse = (message: string, hint?: string) => {
    throw new CassetteError("CASSETTE_USAGE", message, { hint });
  };
  if (from > to) refuse("--from is after --to.");
  if (fontSize === 0) refuse("A font size is above 0.");
  if (format === "gif" && isStill(options))
    refuse("A GIF moves: it has no single screen.", "For one screen, make a .png.");
  if (theme === "auto" && format !== "svg") refuse("Only an SVG can follow the reader's colour scheme.");
}

async function pictureOptions(cassette: Cassette, options: PictureArguments): Promise<PictureOptions> {
  const { fontSize, padding, window, cursor, rows, cols, theme } = options;
  const { title: recorded } = cassetteExtras(cassette.manifest);
  return {
    theme: theme === "auto" ? undefined : await openTheme(theme),
    title: options.title ?? (typeof recorded === "string" ? recorded : undefined),
    ...{ fontSize, padding, window, cursor },
    ...((rows || cols) && { crop: cropOf(rows, cols) }),
  };
}

const ALL: Range = { start: 0, count: Number.POSITIVE_INFINITY };

function cropOf(rows = ALL, cols = ALL): PictureOptions["crop"] {
  return { row: rows.start, col: cols.start, rows: rows.count, cols: cols.count };
}

/** Names of characters are listed up to here. */
const LISTED = 10;

function missingGlyphs(texts: readonly string[]): string {
  const names = texts.slice(0, LISTED).map((text) => {
    const code = (text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `${escapeText(text)} (U+${code})`;
  });
  const more = texts.length > LISTED ? `, and ${texts.length - LISTED} more` : "";
  return `No font has ${names.join(", ")}${more}; a box is drawn instead. Add a font with --font FILE.\n`;
}
