import { titleOf } from "../picture-options.js";
import type { TimedScreen } from "../timing/timed-screen.js";
import { createBlockMarkup } from "./block-markup.js";
import { createSheet, type Sheet, type SvgOptions, svgDocument } from "./document.js";
import { type Film, readFilm, type Still } from "./film.js";
import { number } from "./markup.js";
import { CELL } from "./row-fills.js";

/** What a moving SVG can be given besides. */
export interface AnimationOptions extends SvgOptions {
  /** How often it plays. Default: for ever. */
  loop?: number;
}

/** Columns between two pictures of the strip. */
const GAP = 2;

/**
 * Draws screens one after the other as an SVG that plays by its style sheet alone, inside `<img>` too. A reader who prefers
 * reduced motion, or a viewer that cannot move it, sees the last screen with text. Equal input gives equal bytes.
 * @param screens at least one.
 * @returns the file's text. It runs nothing, loads nothing and has links to http and https only, whatever was recorded.
 * @throws TypeError where there is no screen, one has no cells, or an option is out of range.
 */
export async function animateSvg(
  screens: Iterable<TimedScreen> | AsyncIterable<TimedScreen>,
  options: AnimationOptions = {},
): Promise<string> {
  const sheet = createSheet(options);
  const film = await readFilm(screens, sheet);
  if (film.last === undefined) throw new TypeError("An animation needs at least one screen.");
  const { rows, cols } = film;
  const totalMs = film.shown.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return svgDocument(sheet, {
    rows,
    cols,
    background: film.last.background,
    title: titleOf(options, film.last),
    description: `Terminal recording, ${rows} rows × ${cols} columns, ${number(totalMs / 1_000)} seconds`,
    isMoving: true,
    rules: playRules(film, sheet, totalMs, options.loop),
    body: strip(film, sheet, film.last.background),
  });
}

/** All pictures side by side. */
function strip(
  { tree, stills, poster, rows, cols }: Film,
  { inks, prefix }: Sheet,
  backdrop: number,
): string {
  const blocks = createBlockMarkup(tree.nodes, prefix);
  const pictures = stills.map(({ root, background, cursor }, index) => {
    const className = inks.fill(background);
    const ground =
      background === backdrop
        ? ""
        : `<rect${className === "" ? "" : ` class="${className}"`} width="${cols}" height="${rows * CELL.height}"/>`;
    const place = placeOf(index, stills, poster) * (cols + GAP);
    const content = ground + blocks.at(root) + cursor;
    return place === 0 ? `<g>${content}</g>` : `<g transform="translate(${place})">${content}</g>`;
  });
  // The definitions are known once all pictures are drawn.
  const drawn = pictures.join("");
  const window = `<svg width="${cols}" height="${rows * CELL.height}"><g class="P">${drawn}</g></svg>`;
  return blocks.definitions() + window;
}

/** The place of a picture in the strip: the poster is first, where nothing moves. */
function placeOf(index: number, stills: readonly Still[], poster: number): number {
  return (index - poster + stills.length) % stills.length;
}

function playRules(
  { stills, shown, poster, cols }: Film,
  { scope, prefix }: Sheet,
  totalMs: number,
  loop?: number,
): string {
  if (stills.length < 2 || totalMs <= 0) return "";
  let startMs = 0;
  const steps = shown.map(({ still, durationMs }) => {
    const percent = Math.round((startMs / totalMs) * 1e6) / 1e4;
    startMs += durationMs;
    const place = placeOf(still, stills, poster) * (cols + GAP);
    return `${percent}%{translate:${place === 0 ? 0 : `-${place}px`}}`;
  });
  const name = `${prefix}P`;
  const duration = number(totalMs / 1_000);
  const times = loop === undefined ? "infinite" : String(loop);
  return [
    `@keyframes ${name}{${steps.join("")}}`,
    `${scope}.P{animation:${name} ${duration}s step-end ${times}}`,
    `@media(prefers-reduced-motion:reduce){${scope}.P{animation:none}}`,
  ].join("");
}
