/** A common part shorter than this share of the text is coincidence. */
const LEAST_SHARE = 0.4;

/**
 * The row of a screen that has the longest part of a text, counted from 0.
 * @returns null if no row has enough of it.
 */
export function closestRow(text: string, rows: readonly string[]): number | null {
  const [first = ""] = text.split("\n");
  const lengths = rows.map((row) => longestCommon(first.toLowerCase(), row.toLowerCase()));
  const longest = Math.max(0, ...lengths);
  return longest > 1 && longest >= first.length * LEAST_SHARE ? lengths.indexOf(longest) : null;
}

/** The length of the longest text that both contain. */
function longestCommon(a: string, b: string): number {
  let longest = 0;
  let before: number[] = [];
  for (const x of a) {
    const row: number[] = [];
    for (let column = 0; column < b.length; column++) {
      row[column] = x === b[column] ? (before[column - 1] ?? 0) + 1 : 0;
      longest = Math.max(longest, row[column] ?? 0);
    }
    before = row;
  }
  return longest;
}
