import { type BlockNode, NOTHING } from "./block-tree.js";
import { BASELINE } from "./document.js";
import { letters } from "./inks.js";
import { number } from "./markup.js";
import { CELL } from "./row-fills.js";

/** Nodes as markup: those used more than once are defined, and used by reference. */
export interface BlockMarkup {
  /** A node at its place. */
  at(node: number): string;
  /** Definitions of all nodes that {@link at} has referred to. */
  definitions(): string;
}

/** @param prefix letters before every id. */
export function createBlockMarkup(nodes: readonly BlockNode[], prefix: string): BlockMarkup {
  const ids = new Map<number, string>();
  const definitions: string[] = [];

  const place = (index: number, row: number): string => {
    const node = nodes[index];
    if (index === NOTHING || node === undefined) return "";
    const y = row * CELL.height;
    if (node.uses > 1) return `<use href="#${idOf(index, node)}"${y === 0 ? "" : ` y="${y}"`}/>`;
    if (node.kind === "block") return place(node.upper, row) + place(node.lower, row + node.upperRows);
    return rowAt(node.markup, y);
  };

  const idOf = (index: number, node: BlockNode): string => {
    const known = ids.get(index);
    if (known !== undefined) return known;
    const id = `${prefix}${letters(ids.size)}`;
    ids.set(index, id);
    definitions.push(
      node.kind === "row"
        ? rowWithId(node.markup, id)
        : `<g id="${id}">${place(node.upper, 0)}${place(node.lower, node.upperRows)}</g>`,
    );
    return id;
  };

  return {
    at: (node) => place(node, 0),
    definitions: () => (definitions.length === 0 ? "" : `<defs>${definitions.join("")}</defs>`),
  };
}

const TEXT = `<text y="${number(BASELINE)}"`;

/** A row that is nothing but text is one element, which takes a place or an id itself. */
function rowAt(markup: string, y: number): string {
  if (y === 0) return markup;
  if (markup.startsWith(TEXT)) return `<text y="${number(y + BASELINE)}"${markup.slice(TEXT.length)}`;
  return `<g transform="translate(0 ${y})">${markup}</g>`;
}

function rowWithId(markup: string, id: string): string {
  return markup.startsWith(TEXT) ? `<text id="${id}"${markup.slice(5)}` : `<g id="${id}">${markup}</g>`;
}
