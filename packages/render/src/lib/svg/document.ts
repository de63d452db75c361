import { BACKGROUND, type Color, FOREGROUND } from "../grid/color.js";
import {
  FONT_HEIGHT,
  hasEdge,
  type Lengths,
  lengthsOf,
  type PictureOptions,
  themeOf,
} from "../picture-options.js";
import { namedTheme, type ThemeName } from "../theme/named-themes.js";
import { hexColor, type Theme } from "../theme/theme.js";
import { BAR_ROWS, BUTTONS, shortTitle } from "../window-bar.js";
import { createInks, type Inks, SMOOTH } from "./inks.js";
import { escapeAttribute, escapeText, number } from "./markup.js";
import { CELL } from "./row-fills.js";
import { defaultPositions } from "./row-text.js";

/** What an SVG can be given besides. */
export interface SvgOptions extends Omit<PictureOptions, "theme"> {
  /** "auto" is light or dark as the reader's system is. Default: "dark". */
  theme?: ThemeName | Theme | "auto";
  /** A list of fonts as in CSS. Default: the usual monospaced ones. */
  fontFamily?: string;
  /** For a picture inside a page of HTML: letters before every class and id, other ones for each picture. */
  prefix?: string;
}

const FONT_FAMILY =
  "ui-monospace,SFMono-Regular,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace";
/** From the top of a row to the line that letters are on. */
export const BASELINE = 1.53;

/** What the parts of a document are drawn with. */
export interface Sheet {
  options: SvgOptions;
  lengths: Lengths;
  inks: Inks;
  /** Comes before each selector: none in a file, where nothing else is styled. */
  scope: string;
  /** Comes before each id; empty in a file of its own. */
  prefix: string;
}

/** @throws TypeError for lengths out of range or a prefix that is not letters. */
export function createSheet(options: SvgOptions): Sheet {
  const { theme, prefix = "" } = options;
  if (!/^[A-Za-z]*$/.test(prefix)) throw new TypeError("prefix is letters.");
  const inks =
    theme === "auto" ? createInks(namedTheme("light"), namedTheme("dark")) : createInks(themeOf(theme), null);
  return { options, lengths: lengthsOf(options), inks, scope: prefix === "" ? "" : `.${prefix} `, prefix };
}

/** What goes into a document. */
export interface Content {
  rows: number;
  cols: number;
  background: Color;
  title: string;
  description: string;
  /** The text consists of many screens, which make no sense when read at once. */
  isMoving: boolean;
  /** Style rules besides those of colours. */
  rules: string;
  /** Elements in units of cells, from the screen's upper left corner. */
  body: string;
}

/** The whole file. Equal input gives equal bytes. */
export function svgDocument(sheet: Sheet, content: Content): string {
  const { inks, lengths, prefix, scope, options } = sheet;
  const { cols, rows, background, body } = content;
  const isEdged = hasEdge(options);
  const pad = lengths.padding / lengths.cellWidth;
  const bar = options.window ? Math.round(BAR_ROWS * lengths.cellHeight) / lengths.cellWidth : 0;
  const [width, height] = [cols + 2 * pad, rows * CELL.height + 2 * pad + bar];
  const [left, top] = [-pad, -pad - bar];
  const size = { x: number(left), y: number(top), width: number(width), height: number(height) };
  const frame = `<rect class="${[inks.fill(background), SMOOTH].join(" ").trim()}" x="${size.x}" y="${size.y}" width="${size.width}" height="${size.height}"${isEdged ? ' rx=".7"' : ""}/>`;
  const titleBar = options.window ? windowBar(sheet, content.title, cols, { left, top, width, bar }) : "";
  const family = escapeAttribute(options.fontFamily ?? FONT_FAMILY);
  return [
    prefix === "" ? defaultPositions(cols) : "",
    rootTag(sheet, content, { left, top, width, height }),
    `<title>${escapeText(content.title || "Terminal")}</title>`,
    `<desc>${escapeText(content.description)}</desc>`,
    `<style>${baseRules(scope)}${inks.rules(scope)}${content.rules}</style>`,
    `<g class="F" font-family="${family}" font-size="${FONT_HEIGHT}" xml:space="preserve">`,
    frame,
    titleBar,
    body,
    isEdged ? edge(left, top, width, height, lengths.cellWidth) : "",
    "</g></svg>\n",
  ].join("");
}

/** @param box in units of cells. */
function rootTag(
  { prefix, lengths: { cellWidth } }: Sheet,
  { isMoving }: Content,
  { left, top, width, height }: Record<"left" | "top" | "width" | "height", number>,
): string {
  const attributes = [
    'xmlns="http://www.w3.org/2000/svg"',
    prefix === "" ? "" : `class="${prefix}"`,
    `width="${number(width * cellWidth)}" height="${number(height * cellWidth)}"`,
    `viewBox="${[left, top, width, height].map(number).join(" ")}"`,
    isMoving ? 'role="img"' : "",
  ];
  return `<svg ${attributes.filter(Boolean).join(" ")}>`;
}

function baseRules(scope: string): string {
  return `${scope}path,${scope}rect{shape-rendering:crispEdges}${scope}.${SMOOTH}{shape-rendering:auto}${scope}text{white-space:pre;font-variant-ligatures:none}`;
}

/** A line of one pixel that shows on light and dark pages. */
function edge(left: number, top: number, width: number, height: number, cellWidth: number): string {
  const half = 0.5 / cellWidth;
  const box = `x="${number(left + half)}" y="${number(top + half)}" width="${number(width - 2 * half)}" height="${number(height - 2 * half)}"`;
  return `<rect class="${SMOOTH}" ${box} rx=".65" fill="none" stroke="#808080" stroke-opacity=".35" stroke-width="${number(2 * half)}"/>`;
}

function windowBar(
  { inks }: Sheet,
  title: string,
  cols: number,
  { left, top, width, bar }: Record<"left" | "top" | "width" | "bar", number>,
): string {
  const middle = top + bar / 2 + 0.2;
  const buttons = BUTTONS.map(hexColor).map(
    (color, index) =>
      `<circle cx="${number(left + 1.6 + 1.7 * index)}" cy="${number(middle)}" r=".55" fill="${color}"/>`,
  );
  const text = shortTitle(title, cols);
  if (text === "") return buttons.join("");
  const label = inks.fill(FOREGROUND, BACKGROUND);
  const place = `x="${number(left + width / 2)}" y="${number(middle + 0.5)}" text-anchor="middle"`;
  return `${buttons.join("")}<text class="${label}" ${place}>${escapeText(text)}</text>`;
}
