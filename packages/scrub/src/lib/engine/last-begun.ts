/**
 * The last of things in order that begins at a position or before it, -1 if none does.
 * @param beginOf where the thing of an index begins; never less than the one before.
 */
export function lastBegun(count: number, beginOf: (index: number) => number, position: number): number {
  let [low, high] = [-1, count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (beginOf(middle) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
