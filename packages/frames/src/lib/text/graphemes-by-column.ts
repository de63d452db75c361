import { CELL_MODE, type Cell } from "@cassette/format";

const SPACE = 0x20;

/**
 * The text in each column of a row: its text, which has whole clusters, laid out along its cells, which have the first
 * code point of each. A wide tail has none. If text and cells disagree, the cells win.
 */
export function graphemesByColumn(cells: readonly Cell[], text: string): (string | undefined)[] {
  const heads = cells.map((cell) => (cell.Mode & CELL_MODE.wideTail ? undefined : cell.Char || SPACE));
  return (
    layOut(heads, Array.from(text)) ??
    heads.map((head) => (head === undefined ? undefined : String.fromCodePoint(head)))
  );
}

function layOut(heads: (number | undefined)[], points: string[]): (string | undefined)[] | null {
  let at = 0;
  const clusters: (string | undefined)[] = [];
  for (const [col, head] of heads.entries()) {
    if (head === undefined) {
      clusters.push(undefined);
      continue;
    }
    let cluster = points[at++] ?? " ";
    if (cluster.codePointAt(0) !== head) return null;
    const next = heads.find((other, index) => index > col && other !== undefined);
    while (at < points.length && points[at]?.codePointAt(0) !== next) cluster += points[at++];
    clusters.push(cluster);
  }
  return clusters;
}
