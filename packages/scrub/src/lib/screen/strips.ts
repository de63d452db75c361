/** A half-open range of columns. */
export type Strip = readonly [start: number, end: number];

const VERTICALS = "|│┃║▌▐┆┇┊┋╎╏";
const VERTICAL = new Set(VERTICALS);
const ANY_VERTICAL = new RegExp(`[${VERTICALS}]`, "u");
/** One vertical line above another: a border; a single one is text. */
const SHORTEST_BORDER = 2;

/** Whether a character is drawn as a vertical line. */
export function isVertical(char: string | undefined): boolean {
  return char !== undefined && VERTICAL.has(char);
}

/** Whether there may be a border in rows: most screens have none, and are not looked over column by column. */
export function mayHaveBorder(rows: readonly string[]): boolean {
  let height = 0;
  for (const row of rows) {
    height = ANY_VERTICAL.test(row) ? height + 1 : 0;
    if (height >= SHORTEST_BORDER) return true;
  }
  return false;
}

/**
 * What is between vertical borders: panes beside each other, in each of which text wraps by itself. None if there is no
 * border.
 * @param hasVertical for each row, the columns that hold a vertical line, in order.
 */
export function stripsOf(hasVertical: readonly (readonly number[])[], cols: number): Strip[] {
  const borders = new Set<number>();
  const heights = new Map<number, number>();
  for (const columns of hasVertical) {
    const inRow = new Set(columns);
    for (const column of heights.keys()) if (!inRow.has(column)) heights.delete(column);
    for (const column of columns) {
      const height = (heights.get(column) ?? 0) + 1;
      heights.set(column, height);
      if (height >= SHORTEST_BORDER) borders.add(column);
    }
  }
  if (borders.size === 0) return [];
  const edges = [-1, ...[...borders].sort((a, b) => a - b), cols];
  return edges
    .slice(1)
    .map((end, index): Strip => [(edges[index] ?? 0) + 1, end])
    .filter(([start, end]) => end - start > 1);
}
