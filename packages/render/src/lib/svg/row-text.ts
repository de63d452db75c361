import type { Glyph } from "../grid/read-grid.js";
import { hasShape } from "../shapes/shape-of.js";
import type { Inks } from "./inks.js";
import { escapeAttribute, escapeText, number } from "./markup.js";

/** Glyphs that one element holds: neighbours of one style, and the gaps between them. */
interface Run {
  /** Columns before it since the previous run: blank, or drawn as shapes. */
  gap: number;
  className: string;
  link: string | null;
  glyphs: Glyph[];
}

/** How the text of a row says where it is. */
export interface RowPlace {
  /** Distance of the line that letters are on from the upper edge. */
  baseline: number;
  /** The document has {@link defaultPositions}. */
  hasColumns: boolean;
}

/**
 * A document type that gives every `text` element one position a column, unless it has its own: so columns are exact in any
 * font, and their positions are in the file once. A viewer that ignores it lets the text flow.
 */
export function defaultPositions(cols: number): string {
  const columns = Array.from({ length: cols }, (_, col) => col).join(" ");
  return `<!DOCTYPE svg [<!ATTLIST text x CDATA "${columns}">]>`;
}

/** The text of a row as one element, each character at the column it is in; empty without any text. */
export function rowText(line: readonly Glyph[], { baseline, hasColumns }: RowPlace, inks: Inks): string {
  const glyphs = line.filter(({ text }) => text !== " " && !hasShape(text));
  if (glyphs.length === 0) return "";
  const y = ` y="${number(baseline)}"`;
  return hasColumns && glyphs.every(isSimple) ? columnText(glyphs, y, inks) : positionedText(glyphs, y, inks);
}

/** One UTF-16 unit in one column: it takes the default position of its column. */
function isSimple({ text, width }: Glyph): boolean {
  return text.length === 1 && width === 1;
}

/** Viewers differ in which unit of several takes which position. */
function isAlone({ text }: Glyph): boolean {
  return text.length > 1;
}

function columnText(glyphs: readonly Glyph[], y: string, inks: Inks): string {
  const runs = runsOf(glyphs, inks, () => true);
  const [first] = runs;
  if (runs.length === 1 && first !== undefined && first.link === null)
    return `<text${y}${classAttribute(first)}>${" ".repeat(first.gap)}${contentOf(first)}</text>`;
  const content = runs.map((run) => {
    const text = contentOf(run);
    const span = run.className === "" ? text : `<tspan${classAttribute(run)}>${text}</tspan>`;
    return " ".repeat(run.gap) + linked(run, span);
  });
  return `<text${y}>${content.join("")}</text>`;
}

/** Bytes of `</tspan><tspan x="">`, and of a class. */
const RUN_COST = 18;
const CLASS_COST = 10;
/** Bytes of a space's position. */
const POSITION_COST = 3;

function positionedText(glyphs: readonly Glyph[], y: string, inks: Inks): string {
  const runs = runsOf(glyphs, inks, (last, glyph, gap) => {
    const cost = RUN_COST + (last.className === "" ? 0 : CLASS_COST);
    const isNextToAlone = isAlone(glyph) || last.glyphs.some(isAlone);
    return !isNextToAlone && gap * POSITION_COST < cost;
  });
  const content = runs.map((run) => {
    const position = ` x="${positionsOf(run.glyphs).join(" ")}"${stretchOf(run)}`;
    const span = `<tspan${classAttribute(run)}${position}>${contentOf(run)}</tspan>`;
    return " ".repeat(run.gap) + linked(run, span);
  });
  return `<text${y} x="0">${content.join("")}</text>`;
}

function runsOf(
  glyphs: readonly Glyph[],
  inks: Inks,
  mayJoin: (last: Run, glyph: Glyph, gap: number) => boolean,
): Run[] {
  const runs: Run[] = [];
  let end = 0;
  for (const glyph of glyphs) {
    const className = inks.text(glyph.style);
    const { link } = glyph.style;
    const last = runs.at(-1);
    const gap = glyph.col - end;
    const isAlike = last?.className === className && last.link === link;
    if (last !== undefined && isAlike && mayJoin(last, glyph, gap)) last.glyphs.push(glyph);
    else runs.push({ gap, className, link, glyphs: [glyph] });
    end = glyph.col + glyph.width;
  }
  return runs;
}

function classAttribute({ className }: Run): string {
  return className === "" ? "" : ` class="${className}"`;
}

function linked({ link }: Run, span: string): string {
  return link === null ? span : `<a href="${escapeAttribute(link)}">${span}</a>`;
}

/** Emoji of any font fill their two columns. */
function stretchOf({ glyphs: [first] }: Run): string {
  const isStretched = first !== undefined && isAlone(first) && first.width === 2;
  return isStretched ? ' textLength="2" lengthAdjust="spacingAndGlyphs"' : "";
}

/** The column of each character, and of each space between them. */
function positionsOf(glyphs: readonly Glyph[]): number[] {
  const positions: number[] = [];
  let end = glyphs[0]?.col ?? 0;
  for (const { col, width } of glyphs) {
    for (; end < col; end++) positions.push(end);
    positions.push(col);
    end = col + width;
  }
  return positions;
}

function contentOf({ glyphs }: Run): string {
  let content = "";
  let end = glyphs[0]?.col ?? 0;
  for (const { col, width, text } of glyphs) {
    content += " ".repeat(col - end) + escapeText(text);
    end = col + width;
  }
  return content;
}
