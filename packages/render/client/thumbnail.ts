import { PLAIN } from "../src/lib/grid/style.js";
import { hexColor, resolveColor, resolveText, type Theme } from "../src/lib/theme/theme.js";
import type { Recording, ShownScreen } from "./recording.js";

/** Draws a screen in small: a character is a stroke of its colour. */
export function drawThumbnail(
  canvas: HTMLCanvasElement,
  recording: Recording,
  screen: ShownScreen,
  theme: Theme,
): void {
  const [width, height] = [2 * screen.cols, 4 * screen.rows.length];
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = hexColor(resolveColor(screen.background, theme));
  context.fillRect(0, 0, width, height);
  for (const [at, row] of screen.rows.entries()) {
    let col = 0;
    for (const [number, text, cells] of recording.rows[row] ?? []) {
      const { fg, bg, faint } = recording.styles[number] ?? PLAIN;
      const columns = cells ?? text.length;
      if (bg !== screen.background) {
        context.fillStyle = hexColor(resolveColor(bg, theme));
        context.fillRect(2 * col, 4 * at, 2 * columns, 4);
      }
      context.fillStyle = hexColor(resolveText(fg, faint ? bg : null, theme));
      drawStrokes(context, text, cells, { row: at, col });
      col += columns;
    }
  }
}

/** @param cells columns of one character; undefined for text of characters that take one each. */
function drawStrokes(
  context: CanvasRenderingContext2D,
  text: string,
  cells: number | undefined,
  { row, col }: Record<"row" | "col", number>,
): void {
  const top = 4 * row + 1;
  if (cells !== undefined) {
    context.fillRect(2 * col, top, 2 * cells, 2);
    return;
  }
  for (let index = 0; index < text.length; index++)
    if (text[index] !== " ") context.fillRect(2 * (col + index), top, 1.6, 2);
}

/**
 * Screens that were shown for a while, spread over the recording.
 * @returns their numbers, at most so many.
 */
export function settledScreens({ screens, duration }: Recording, most: number): number[] {
  const parts = Math.max(1, most);
  const best = new Map<number, { number: number; ms: number }>();
  for (const [number, { t, rows }] of screens.entries()) {
    const ms = (screens[number + 1]?.t ?? duration) - t;
    const part = Math.min(parts - 1, Math.floor((t / Math.max(1, duration)) * parts));
    const isEmpty = rows.every((row) => row < 0);
    if (!isEmpty && ms >= (best.get(part)?.ms ?? -1)) best.set(part, { number, ms });
  }
  return [...best.values()].map(({ number }) => number).sort((a, b) => a - b);
}
