import { type Color, RGB } from "../src/lib/grid/color.js";
import type { Glyph, Grid } from "../src/lib/grid/read-grid.js";
import { PLAIN, type Style } from "../src/lib/grid/style.js";
import { drawGrid } from "../src/lib/svg/render-svg.js";
import type { Recording, ShownScreen } from "./recording.js";

/** A screen as plain text, without blanks at the ends. */
export function screenText(recording: Recording, { rows }: ShownScreen): string {
  return `${rows
    .map((row) => recording.textOf(row))
    .join("\n")
    .trimEnd()}\n`;
}

/** A screen as text with its colours, for a terminal. */
export function screenAnsi(recording: Recording, { rows }: ShownScreen): string {
  const lines = rows.map((row) => {
    const runs = recording.rows[row] ?? [];
    const text = runs.map(([style, run]) => `${sgr(recording.styles[style] ?? PLAIN)}${run}`).join("");
    return text === "" ? "" : `${text}\x1b[0m`;
  });
  return `${lines.join("\n").trimEnd()}\n`;
}

function sgr({ fg, bg, bold, faint, italic, underline, strike }: Style): string {
  const modes = [bold && 1, faint && 2, italic && 3, underline && 4, strike && 9].filter(Boolean);
  return `\x1b[${[0, ...modes, ...colorNumbers(38, fg), ...colorNumbers(48, bg)].join(";")}m`;
}

/** A default colour in the other's place, from inverse video, is left out. */
function colorNumbers(base: 38 | 48, color: Color): number[] {
  if (color >= RGB)
    return [base, 2, ((color - RGB) >> 16) & 255, ((color - RGB) >> 8) & 255, (color - RGB) & 255];
  return color < 0 ? [] : [base, 5, color];
}

/** A screen as an SVG file. */
export function screenSvg(recording: Recording, screen: ShownScreen, theme: "light" | "dark"): string {
  const lines = screen.rows.map((row) => glyphsOf(recording, row, screen.cols));
  const grid: Grid = {
    ...{ rows: lines.length, cols: screen.cols, lines, background: screen.background },
    thinCursor: null,
    title: recording.header.title,
  };
  return drawGrid(grid, { theme });
}

function glyphsOf(recording: Recording, row: number, cols: number): Glyph[] {
  const line: Glyph[] = [];
  let col = 0;
  const add = (text: string, width: number, style: Style) => {
    line.push({ col, text, width: width === 2 ? 2 : 1, style });
    col += width;
  };
  for (const [number, text, width] of recording.rows[row] ?? []) {
    const style = recording.styles[number] ?? PLAIN;
    if (width !== undefined) add(text, width, style);
    else for (const char of text) add(char, 1, style);
  }
  while (col < cols) add(" ", 1, PLAIN);
  return line;
}

/** Copies a text; with a fallback where the page may not write to the clipboard. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  }
}

/** Saves bytes or text as a file. */
export function saveFile(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
