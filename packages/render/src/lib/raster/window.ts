import { BACKGROUND, FOREGROUND } from "../grid/color.js";
import { createStylePool, PLAIN } from "../grid/style.js";
import { mixColors, type Theme } from "../theme/theme.js";
import { BAR_ROWS, BUTTONS, shortTitle } from "../window-bar.js";
import { type Canvas, createCanvas, fillArea, pixelOf } from "./canvas.js";
import { createPainter, type PainterOptions } from "./painter.js";

/** What a window is drawn with. */
export interface WindowOptions extends Pick<PainterOptions, "rows" | "cols" | "box" | "theme" | "atlas"> {
  padding: number;
  /** Null without a bar. */
  title: string | null;
  /** `r<<16 | g<<8 | b`. */
  background: number;
  /** There is a line around it. */
  isEdged: boolean;
  /** Its corners are round, and transparent outside. */
  isRound: boolean;
}

/** An empty window, and where its screen is. */
export interface Window {
  canvas: Canvas;
  left: number;
  top: number;
}

/** Part of grey in the line around the window, which shows on light and dark pages. */
const EDGE = 0.35;
const GREY = 0x808080;

export function drawWindow(options: WindowOptions): Window {
  const { rows, cols, box, padding, background, title, isEdged, isRound } = options;
  const bar = title === null ? 0 : Math.round(BAR_ROWS * box.height);
  const width = cols * box.width + 2 * padding;
  const height = rows * box.height + 2 * padding + bar;
  const canvas = createCanvas(width, height);
  const radius = isRound ? Math.round(0.7 * box.width) : 0;
  fillArea(canvas, { x0: 0, y0: 0, x1: width, y1: height }, pixelOf(background));
  if (isEdged) drawEdge(canvas, radius, background);
  if (title !== null) drawBar(canvas, title, bar + padding / 2, options);
  return { canvas, left: padding, top: padding + bar };
}

function drawEdge({ width, height, pixels }: Canvas, radius: number, background: number): void {
  const line = mixColors(GREY, background, EDGE);
  for (let y = 0; y < height; y++) {
    const isEdgeRow = y < Math.max(1, radius) || y >= height - Math.max(1, radius);
    const step = isEdgeRow ? 1 : width - 1;
    for (let x = 0; x < width; x += step) {
      const inside = distanceToEdge(x + 0.5, y + 0.5, width, height, radius);
      if (inside >= 1.5) continue;
      const opacity = Math.min(1, Math.max(0, inside + 0.5));
      const part = Math.min(1, Math.max(0, 1.5 - inside));
      const rgb = mixColors(line, background, radius === 0 ? Number(inside < 1) : part);
      const alpha = radius === 0 ? 255 : Math.round(255 * opacity);
      pixels[y * width + x] = ((pixelOf(rgb) & 0xffffff) | (alpha << 24)) >>> 0;
    }
  }
}

/** How far a point is inside a rectangle with round corners; negative outside. */
function distanceToEdge(x: number, y: number, width: number, height: number, radius: number): number {
  const dx = radius - Math.min(x, width - x);
  const dy = radius - Math.min(y, height - y);
  if (dx <= 0 || dy <= 0) return Math.min(x, width - x, y, height - y);
  return radius - Math.hypot(dx, dy);
}

function drawBar(canvas: Canvas, title: string, height: number, options: WindowOptions): void {
  const { box, cols, theme } = options;
  const middle = Math.round(height / 2);
  const radius = 0.5 * box.width;
  for (const [index, color] of BUTTONS.entries())
    drawDisc(
      canvas,
      options.padding + box.width * (0.6 + 1.6 * index),
      middle,
      radius,
      color,
      options.background,
    );
  const text = shortTitle(title, cols);
  const length = Array.from(text).length;
  if (length === 0) return;
  const left = Math.round((canvas.width - length * box.width) / 2);
  drawText(text, left, middle - Math.round(box.height / 2), {
    ...options,
    canvas,
    theme: onGround(theme, options),
  });
}

function onGround(theme: Theme, { background }: WindowOptions): Theme {
  return { ...theme, background };
}

function drawText(
  text: string,
  left: number,
  top: number,
  { canvas, box, theme, atlas }: Pick<PainterOptions, "canvas" | "box" | "theme" | "atlas">,
): void {
  const characters = Array.from(text);
  const cols = characters.length;
  const style = createStylePool()({ ...PLAIN, fg: FOREGROUND, faint: true });
  const line = characters.map((character, col) => ({ col, width: 1 as const, text: character, style }));
  const painter = createPainter({ canvas, left, top, rows: 1, cols, box, theme, atlas });
  painter.paint({ rows: 1, cols, lines: [line], background: BACKGROUND, thinCursor: null, title: "" });
}

function drawDisc(
  { pixels, width }: Canvas,
  centerX: number,
  centerY: number,
  radius: number,
  color: number,
  background: number,
): void {
  for (let y = Math.floor(centerY - radius); y <= centerY + radius; y++) {
    for (let x = Math.floor(centerX - radius); x <= centerX + radius; x++) {
      const inside = radius + 0.5 - Math.hypot(x + 0.5 - centerX, y + 0.5 - centerY);
      const part = Math.round(4 * Math.min(1, Math.max(0, inside))) / 4;
      if (part > 0) pixels[y * width + x] = pixelOf(mixColors(color, background, part));
    }
  }
}
