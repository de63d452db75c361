import type { CellLook } from "../cells/cell-look.js";

/** What to leave out of a comparison. One of `pattern`, `rectangle` and `style` says where it is. */
export type Mask = (
  | {
      /** A regular expression; what it matches within a row or the title is masked. */
      pattern: RegExp;
    }
  | {
      /** Rows and columns of the screen, counted from 1. */
      rectangle: MaskRectangle;
    }
  | {
      /** Text in this style, such as a placeholder. Blanks alone are not masked. */
      style: CellLook;
    }
) & {
  /** What appears instead, in angle brackets. Default: `masked`. */
  label?: string;
};

/** An area of a screen. */
export interface MaskRectangle {
  /** The first row. */
  row: number;
  /** The number of rows. Default: 1. */
  rows?: number;
  /** The first column. Default: 1. */
  column?: number;
  /** The number of columns. Default: to the end of the row. */
  columns?: number;
}
