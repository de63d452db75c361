import type { Color } from "../grid/color.js";
import { createGridReader, type Grid } from "../grid/read-grid.js";
import type { TimedScreen } from "../timing/timed-screen.js";
import { type BlockTree, createBlockTree } from "./block-tree.js";
import { BASELINE, type Sheet } from "./document.js";
import { createFills } from "./fills.js";
import { addBackgrounds, addShapes, addThinCursor } from "./row-fills.js";
import { rowText } from "./row-text.js";

/** A picture that is shown at one or more times. */
export interface Still {
  /** Its rows in the tree of blocks. */
  root: number;
  background: Color;
  cursor: string;
}

/** Different pictures, and when each is shown. */
export interface Film {
  tree: BlockTree;
  stills: Still[];
  /** In order: an index of `stills`, and for how long. Neighbours differ. */
  shown: { still: number; durationMs: number }[];
  rows: number;
  cols: number;
  last: Grid | undefined;
  /** Of `stills`: what is seen where nothing moves. The last one with text; a program's own screen is gone when it ends. */
  poster: number;
}

/** Reads all screens; equal ones become one. */
export async function readFilm(
  screens: Iterable<TimedScreen> | AsyncIterable<TimedScreen>,
  sheet: Sheet,
): Promise<Film> {
  const read = createGridReader(sheet.options);
  const tree = createBlockTree();
  const film: Film = { tree, stills: [], shown: [], rows: 1, cols: 1, last: undefined, poster: 0 };
  const known = new Map<string, number>();
  for await (const { screen, durationMs } of screens) {
    const grid = read(screen);
    const still = stillOf(grid, tree, sheet);
    const key = `${still.root} ${still.background} ${still.cursor}`;
    const index = known.get(key) ?? film.stills.push(still) - 1;
    known.set(key, index);
    const before = film.shown.at(-1);
    if (before?.still === index) before.durationMs += durationMs;
    else film.shown.push({ still: index, durationMs });
    film.rows = Math.max(film.rows, grid.rows);
    film.cols = Math.max(film.cols, grid.cols);
    film.last = grid;
    if (grid.lines.some((line) => line.some(({ text }) => text !== " "))) film.poster = index;
  }
  return film;
}

function stillOf(grid: Grid, tree: BlockTree, { inks, prefix }: Sheet): Still {
  const rows = grid.lines.map((line) => {
    const [backgrounds, shapes] = [createFills(), createFills()];
    addBackgrounds(backgrounds, line, 0, inks, grid.background);
    addShapes(shapes, line, 0, inks);
    const text = rowText(line, { baseline: BASELINE, hasColumns: prefix === "" }, inks);
    return backgrounds.markup() + shapes.markup() + text;
  });
  const cursor = createFills();
  addThinCursor(cursor, grid, inks);
  return { root: tree.addFrame(rows), background: grid.background, cursor: cursor.markup() };
}
