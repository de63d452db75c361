import { createGridReader, type Grid } from "../grid/read-grid.js";
import { hasEdge, lengthsOf, type PictureOptions, themeOf, titleOf } from "../picture-options.js";
import type { CellBox } from "../shapes/cell-box.js";
import { resolveColor } from "../theme/theme.js";
import { createAtlas } from "./atlas.js";
import type { Area, Canvas } from "./canvas.js";
import { openFonts } from "./font-set.js";
import { createPainter } from "./painter.js";
import { loadRasterizer } from "./rasterizer.js";
import { drawWindow } from "./window.js";

/** What a picture of pixels can be given besides. */
export interface RasterOptions extends PictureOptions {
  /** Font files, TrueType or OpenType, asked in this order before the DejaVu fonts that come along. */
  fonts?: readonly string[];
  /** Called once for each text that no font has; a box is drawn in its place. */
  onMissing?: (text: string) => void;
}

/** A canvas on which screens follow one another. */
export interface Picture {
  canvas: Canvas;
  /** Draws a screen; returns the parts that changed. */
  paint(grid: Grid): Area[];
}

/** Opens fonts and the rasteriser, which later pictures of the same options can share. */
export async function openStudio(options: RasterOptions) {
  const lengths = lengthsOf(options);
  const [rasterize, fonts] = await Promise.all([loadRasterizer(), openFonts(options.fonts ?? [])]);
  const box: CellBox = {
    width: lengths.cellWidth,
    height: lengths.cellHeight,
    light: Math.max(1, Math.round(lengths.cellWidth / 9)),
    snap: Math.round,
  };
  const theme = themeOf(options.theme);
  const atlas = createAtlas({
    box,
    fonts,
    rasterize,
    fontSize: lengths.fontSize,
    onMissing: options.onMissing ?? (() => {}),
  });
  const read = createGridReader(options);
  return {
    read,
    /** A window with room for a screen as large as this one. */
    open(grid: Grid, isRound: boolean): Picture {
      const { rows, cols } = grid;
      const window = drawWindow({
        rows,
        cols,
        box,
        theme,
        atlas,
        isEdged: hasEdge(options),
        isRound,
        padding: Math.round(lengths.padding),
        title: options.window ? titleOf(options, grid) : null,
        background: resolveColor(grid.background, theme),
      });
      return {
        canvas: window.canvas,
        paint: createPainter({ ...window, rows, cols, box, theme, atlas }).paint,
      };
    },
  };
}
