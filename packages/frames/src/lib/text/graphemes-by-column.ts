import { CELL_MODE, type Cell } from "@cassette/format";

const SPACE = 0x20;

/**
 * What stands in each column of a row: its text, which has whole clusters, laid out along its cells, which have the first
 * code point of each. A wide tail has none. Where text and cells do not go together, the cells are believed.
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
