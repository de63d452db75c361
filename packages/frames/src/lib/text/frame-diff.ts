import type { DrawableScreen } from "./plain-text.js";

/**
 * What changed between two frames, for people to read, one line for each fact: `-` and `+` with the number of a row that was and is
 * different, the size, the cursor, the title. Empty when nothing changed. Colours are compared by the cells, if both have
 * them.
 */
export function frameDiff(
  before: DrawableScreen & { title?: string },
  after: DrawableScreen & { title?: string },
): string {
  const width = String(Math.max(before.text.length, after.text.length)).length;
  const lines = [
    ...changed("size", sizeOf(before), sizeOf(after)),
    ...changed("cursor", cursorOf(before), cursorOf(after)),
    ...changed("title", before.title ?? "", after.title ?? ""),
  ];
  for (let row = 0; row < Math.max(before.text.length, after.text.length); row++) {
    lines.push(...rowDiff(before, after, row, width));
  }
  return lines.join("\n");
}

function rowDiff(before: DrawableScreen, after: DrawableScreen, row: number, width: number): string[] {
  const label = String(row + 1).padStart(width);
  const [was, is] = [before.text[row], after.text[row]];
  if (was !== is) {
    return [...(was ? [`- ${label} ${was}`] : []), ...(is ? [`+ ${label} ${is}`] : [])];
  }
  return stylesDiffer(before, after, row) ? [`~ ${label} ${is}`] : [];
}

function stylesDiffer(
  { cells: before }: DrawableScreen,
  { cells: after }: DrawableScreen,
  row: number,
): boolean {
  const [was, is] = [before?.[row], after?.[row]];
  if (was === undefined || is === undefined || was.length !== is.length) return false;
  return was.some((cell, col) => {
    const other = is[col];
    return cell.Mode !== other?.Mode || cell.FG !== other.FG || cell.BG !== other.BG;
  });
}

function changed(what: string, was: string, is: string): string[] {
  return was === is ? [] : [`${what} ${was || "none"} → ${is || "none"}`];
}

const sizeOf = ({ size }: DrawableScreen) => `${size.Rows} rows × ${size.Cols} columns`;
const cursorOf = ({ cursor }: DrawableScreen) =>
  `row ${cursor.Row + 1}, column ${cursor.Col + 1}${cursor.Visible ? "" : ", hidden"}`;
