import type { Screen } from "@cassette/format";
import { createGridReader, type Grid } from "../grid/read-grid.js";
import { titleOf } from "../picture-options.js";
import { BASELINE, createSheet, type Sheet, type SvgOptions, svgDocument } from "./document.js";
import { createFills } from "./fills.js";
import { addBackgrounds, addShapes, addThinCursor, CELL } from "./row-fills.js";
import { rowText } from "./row-text.js";

/**
 * Draws a screen as an SVG whose text is text: it can be selected, searched and read aloud. Equal input gives equal bytes.
 * @param screen with cells, and with details where links, kinds of underlines and set colours matter.
 * @returns the file's text. It runs nothing, loads nothing and has links to http and https only, whatever was recorded.
 * @throws TypeError where the screen has no cells or an option is out of range.
 */
export function renderSvg(screen: Screen, options: SvgOptions = {}): string {
  return drawGrid(createGridReader(options)(screen), options);
}

/** Draws a screen that has been read. */
export function drawGrid(grid: Grid, options: SvgOptions): string {
  const sheet = createSheet(options);
  const body = stillBody(grid, sheet);
  return svgDocument(sheet, {
    rows: grid.rows,
    cols: grid.cols,
    background: grid.background,
    title: titleOf(options, grid),
    description: `Terminal screen, ${grid.rows} rows × ${grid.cols} columns`,
    isMoving: false,
    rules: "",
    body,
  });
}

function stillBody(grid: Grid, { inks, prefix }: Sheet): string {
  const [backgrounds, shapes] = [createFills(), createFills()];
  const texts = grid.lines.map((line, row) => {
    const y = row * CELL.height;
    addBackgrounds(backgrounds, line, y, inks, grid.background);
    addShapes(shapes, line, y, inks);
    return rowText(line, { baseline: y + BASELINE, hasColumns: prefix === "" }, inks);
  });
  addThinCursor(shapes, grid, inks);
  return `${backgrounds.markup()}${shapes.markup()}${texts.join("")}`;
}
