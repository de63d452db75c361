import type { Screen } from "@cassette/format";
import { viewOf } from "../play/view.js";

/** What paints a screen on an empty one. */
export function paint(screen: Screen): string {
  const { rows, cursor } = viewOf(screen, { rows: screen.size.Rows, cols: screen.size.Cols });
  const painted = rows.map((row, index) => `\x1b[${index + 1};1H${row}`).join("");
  return cursor ? `${painted}\x1b[${cursor.row + 1};${cursor.col + 1}H` : painted;
}
