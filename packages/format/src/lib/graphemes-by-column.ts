import { CELL_MODE } from "./cells.js";
import type { Cell } from "./records.js";

const SPACE = 0x20;

/**
 * The grapheme cluster in each column of a row: its text, which has whole clusters, laid out along its cells, which have the
 * first code point of each. A wide tail has none. If text and cells disagree, the cells win.
 */
export function graphemesByColumn(cells: readonly Cell[], text: string): (string | undefined)[] {
  const heads = cells.map((cell) => (cell.Mode & CELL_MODE.wideTail ? undefined : cell.Char || SPACE));
  return (
    layOutWhole(heads, text) ??
    layOut(heads, Array.from(text)) ??
    heads.map((head) => (head === undefined ? undefined : String.fromCodePoint(head)))
  );
}

/** Emoji of several code points, of which more than the first can be heads of cells. */
const JOINED = /\u200d|\p{Regional_Indicator}{2}|\p{Emoji_Modifier}/u;
let segmenter: Intl.Segmenter | undefined;

/** Lays out grapheme clusters, where each cell has one; null where text has none of several heads, or the cells are others. */
function layOutWhole(heads: (number | undefined)[], text: string): (string | undefined)[] | null {
  if (!JOINED.test(text)) return null;
  segmenter ??= new Intl.Segmenter();
  const clusters = Array.from(segmenter.segment(text), ({ segment }) => segment);
  let at = 0;
  const row = heads.map((head) => (head === undefined ? undefined : (clusters[at++] ?? " ")));
  const isSame = row.every((cluster, col) => cluster?.codePointAt(0) === heads[col]);
  return isSame && at >= clusters.length ? row : null;
}

function layOut(
  heads: readonly (number | undefined)[],
  points: readonly string[],
): (string | undefined)[] | null {
  const nexts = nextHeads(heads);
  let at = 0;
  const clusters: (string | undefined)[] = [];
  for (const [col, head] of heads.entries()) {
    if (head === undefined) {
      clusters.push(undefined);
      continue;
    }
    let cluster = points[at++] ?? " ";
    if (cluster.codePointAt(0) !== head) return null;
    while (at < points.length && points[at]?.codePointAt(0) !== nexts[col]) cluster += points[at++];
    clusters.push(cluster);
  }
  return clusters;
}

/** For each column the next head to its right. */
function nextHeads(heads: readonly (number | undefined)[]): (number | undefined)[] {
  const nexts: (number | undefined)[] = new Array(heads.length);
  let next: number | undefined;
  for (let col = heads.length - 1; col >= 0; col--) {
    nexts[col] = next;
    next = heads[col] ?? next;
  }
  return nexts;
}
