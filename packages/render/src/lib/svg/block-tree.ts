/**
 * Rows of many frames as a tree of halves, in which equal halves are one node: what did not change from one frame to the next
 * is drawn once and used again, whole blocks of it at a time.
 */
export interface BlockTree {
  /** Adds a frame; returns its root. Equal frames have the same. */
  addFrame(rows: readonly string[]): number;
  nodes: readonly BlockNode[];
}

/** A row, two halves of a block, or nothing. */
export type BlockNode =
  | { kind: "row"; markup: string; uses: number }
  | { kind: "block"; upper: number; lower: number; upperRows: number; uses: number };

/** The node of rows without anything on them. */
export const NOTHING = -1;

export function createBlockTree(): BlockTree {
  const nodes: BlockNode[] = [];
  const known = new Map<string, number>();

  /** A node, which uses its parts once. */
  const intern = (key: string, make: () => BlockNode, parts: readonly number[]) => {
    const same = known.get(key);
    if (same !== undefined) return same;
    for (const part of parts) {
      const node = nodes[part];
      if (node) node.uses++;
    }
    known.set(key, nodes.length);
    return nodes.push(make()) - 1;
  };

  const addRows = (rows: readonly string[], from: number, to: number): number => {
    if (to - from <= 1) {
      const markup = rows[from] ?? "";
      return markup === "" ? NOTHING : intern(`=${markup}`, () => ({ kind: "row", markup, uses: 0 }), []);
    }
    const middle = (from + to) >> 1;
    const upper = addRows(rows, from, middle);
    const lower = addRows(rows, middle, to);
    if (upper === NOTHING && lower === NOTHING) return NOTHING;
    const upperRows = middle - from;
    const block: BlockNode = { kind: "block", upper, lower, upperRows, uses: 0 };
    return intern(`${upper} ${lower} ${upperRows}`, () => block, [upper, lower]);
  };

  return { addFrame: (rows) => addRows(rows, 0, rows.length), nodes };
}
