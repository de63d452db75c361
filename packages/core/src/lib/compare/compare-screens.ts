import { CELL_MODE, type Cell, type Screen } from "@cassette/format";

/** How two screens differ. Rows are counted from 1, and texts are normalised. */
export interface ScreenDifference {
  rows: { row: number; part: "text" | "style"; a: string; b: string }[];
  /** Null where it is the same. */
  size: { a: string; b: string } | null;
  cursor: { a: string; b: string } | null;
  title: { a: string; b: string } | null;
}

/** The compared parts of a screen: a few kilobytes, where cells would take a hundred. */
export interface ComparedScreen extends Pick<Screen, "size" | "text" | "cursor" | "title"> {
  /** The styles of each row as runs, each with its length. */
  styles: string[];
}

/** Extracts the compared parts of a screen with cells. */
export function comparedScreen({ size, text, cells = [], cursor, title }: Screen): ComparedScreen {
  return { size, text, cursor, title, styles: cells.map(stylesOf) };
}

/** Replaces text that changes from run to run. */
export type Normalise = (text: string) => string;

/** Compares text, styles, cursor, size and title. Null when all is the same. */
export function compareScreens(
  a: ComparedScreen,
  b: ComparedScreen,
  normalise: Normalise,
): ScreenDifference | null {
  const difference: ScreenDifference = {
    rows: differingRows(a, b, normalise),
    size: unequal(`${a.size.Cols}x${a.size.Rows}`, `${b.size.Cols}x${b.size.Rows}`),
    cursor: unequal(...cursors(a, b)),
    title: unequal(normalise(a.title), normalise(b.title)),
  };
  const { rows, size, cursor, title } = difference;
  return rows.length > 0 || size || cursor || title ? difference : null;
}

function unequal(a: string, b: string): { a: string; b: string } | null {
  return a === b ? null : { a, b };
}

/** If the row's text is not exactly equal, the column means nothing: a clock may have become longer. */
function cursors(a: ComparedScreen, b: ComparedScreen): [string, string] {
  const isExact = a.text[a.cursor.Row] === b.text[b.cursor.Row];
  const words = ({ cursor: { Row, Col, Visible } }: ComparedScreen) =>
    `row ${Row + 1}${isExact ? `, column ${Col + 1}` : ""}${Visible ? "" : ", hidden"}`;
  return [words(a), words(b)];
}

function differingRows(a: ComparedScreen, b: ComparedScreen, normalise: Normalise): ScreenDifference["rows"] {
  const found: ScreenDifference["rows"] = [];
  for (let index = 0; index < Math.max(a.text.length, b.text.length); index++) {
    const [rawA, rawB] = [a.text[index] ?? "", b.text[index] ?? ""];
    const isExact = rawA === rawB;
    const textA = isExact ? rawA : normalisedRow(rawA, normalise);
    const textB = isExact ? rawB : normalisedRow(rawB, normalise);
    const [stylesA = "", stylesB = ""] = [a.styles[index], b.styles[index]];
    const row = index + 1;
    if (textA !== textB) found.push({ row, part: "text", a: textA, b: textB });
    else if (!isSameStyle(stylesA, stylesB, isExact)) found.push({ row, part: "style", a: textA, b: textB });
  }
  return found;
}

/** Replaced text may have had another length, and so the blanks beside it. */
function normalisedRow(raw: string, normalise: Normalise): string {
  const text = normalise(raw);
  return text === raw ? text : text.replace(/ +/g, " ").trim();
}

/** Equal, or the same sequence of styles with other lengths. */
function isSameStyle(a: string, b: string, isExact: boolean): boolean {
  return isExact ? a === b : a.replace(LENGTH, "") === b.replace(LENGTH, "");
}

const LENGTH = /\*\d+/g;
/** Row wrapping and wide glyphs have no effect on the style. */
const OF_LAYOUT = CELL_MODE.wrappedRow | CELL_MODE.wideHead | CELL_MODE.wideTail;

/** Numbers are compared, and a string is made only for each run: a screen may have 250,000 cells. */
function stylesOf(row: readonly Cell[]): string {
  const runs: string[] = [];
  let [mode, fg, bg, length] = [0, 0, 0, 0];
  const endRun = () => runs.push(`${mode}/${fg}/${bg}*${length}`);
  for (const { Mode, FG, BG } of row) {
    const seen = Mode & ~OF_LAYOUT;
    if (length > 0 && (seen !== mode || FG !== fg || BG !== bg)) {
      endRun();
      length = 0;
    }
    [mode, fg, bg] = [seen, FG, BG];
    length++;
  }
  endRun();
  return runs.join(" ");
}
