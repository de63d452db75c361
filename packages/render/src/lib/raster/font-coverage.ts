/** Reads which glyph a font has for each code point: 0 where it has none. */
export function readCoverage(cmap: DataView): (codePoint: number) => number {
  const subtable = bestSubtable(cmap);
  return subtable.getUint16(0) === 12 ? segmentedCoverage(subtable) : basicCoverage(subtable);
}

/** The subtable with all of Unicode (format 12), else the one with its first plane (format 4). */
function bestSubtable(cmap: DataView): DataView {
  const found = new Map<number, DataView>();
  for (let index = 0; index < cmap.getUint16(2); index++) {
    const at = 4 + 8 * index;
    const isUnicode =
      cmap.getUint16(at) === 0 || (cmap.getUint16(at) === 3 && [1, 10].includes(cmap.getUint16(at + 2)));
    const offset = cmap.getUint32(at + 4);
    const subtable = new DataView(cmap.buffer, cmap.byteOffset + offset, cmap.byteLength - offset);
    if (isUnicode) found.set(subtable.getUint16(0), subtable);
  }
  const best = found.get(12) ?? found.get(4);
  if (best === undefined) throw new RangeError("no Unicode character map");
  return best;
}

function segmentedCoverage(table: DataView): (codePoint: number) => number {
  const count = table.getUint32(12);
  const startAt = (group: number) => table.getUint32(16 + 12 * group);
  const endAt = (group: number) => table.getUint32(20 + 12 * group);
  return (codePoint) => {
    const group = firstEndingAt(codePoint, count, endAt);
    if (group === count || startAt(group) > codePoint) return 0;
    return table.getUint32(24 + 12 * group) + codePoint - startAt(group);
  };
}

function basicCoverage(table: DataView): (codePoint: number) => number {
  const count = table.getUint16(6) / 2;
  const ends = 14;
  const starts = ends + 2 * count + 2;
  const deltas = starts + 2 * count;
  const ranges = deltas + 2 * count;
  return (codePoint) => {
    if (codePoint > 0xffff) return 0;
    const segment = firstEndingAt(codePoint, count, (index) => table.getUint16(ends + 2 * index));
    if (segment === count) return 0;
    const start = table.getUint16(starts + 2 * segment);
    if (start > codePoint) return 0;
    const delta = table.getUint16(deltas + 2 * segment);
    const range = table.getUint16(ranges + 2 * segment);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = table.getUint16(ranges + 2 * segment + range + 2 * (codePoint - start));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  };
}

/** The first segment whose end is not before a code point; they are in rising order. */
function firstEndingAt(codePoint: number, count: number, endAt: (index: number) => number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endAt(middle) < codePoint) low = middle + 1;
    else high = middle;
  }
  return low;
}
