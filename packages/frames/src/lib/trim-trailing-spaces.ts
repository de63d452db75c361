const SPACE = 0x20;

/** Takes U+0020, and nothing else that looks like it, from the end of a row. */
export function trimTrailingSpaces(row: string): string {
  let end = row.length;
  while (end > 0 && row.charCodeAt(end - 1) === SPACE) end--;
  return end === row.length ? row : row.slice(0, end);
}
