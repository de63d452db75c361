import { byteClass, runEnd } from "./byte-class.js";
import type { Finder, Finding } from "./finder.js";
import { endsRow, isRowEnd, nextRow } from "./row-join.js";

/** What a finder may look at before its anchor. */
const CONTEXT = 42;
const FARTHEST = 600;
const MOST_ROWS = 8;
/** What is broken begins this near to the end of its row. */
const LONGEST_PIECE = 200;
const VALUE = byteClass("A-Z", "a-z", "0-9", ..."+/_.~=%-");
const MAY_END = /[ \t|\xe2\r\n\0]/;
const ENDS = /[\r\n\0]/g;

/** Some rows as one, without borders. */
interface Joined {
  readonly text: string;
  /** Where each character stands outside. */
  readonly positions: readonly number[];
  /** Where in `text` the second row begins. */
  readonly firstJoin: number;
}

/**
 * Lets a finder also see what a program or a box broke at row ends: where it finds nothing, or where what it finds ends its row
 * and the next row holds nothing but the rest.
 * @param goesOn false if what was found whole in its row never goes on.
 */
export function acrossRows(finder: Finder, { goesOn = true } = {}): Finder {
  const rowEndAfter = createRowEnds();
  return {
    ...finder,
    find(text, at, anchor) {
      const inRow = finder.find(text, at, anchor);
      const end = inRow.spans.at(-1)?.[1];
      if (end !== undefined && !(goesOn && mayGoOn(text, end))) return inRow;
      if (rowEndAfter(text, at) - at > LONGEST_PIECE) return inRow;
      const joined = joinRows(text, at, end !== undefined);
      if (joined === null) return inRow;
      const start = joined.positions.indexOf(at);
      const finding = finder.find(joined.text, start, anchor);
      const broken = outside(finding, joined);
      const isAnchorBroken = start + anchor.literal.length > joined.firstJoin;
      // A row's end between the two proves nothing: `Password:` and the next line.
      return broken.spans.length > (isAnchorBroken ? 0 : 1) ? broken : inRow;
    },
  };
}

/** Tells where the row ends that holds a position. Asked from left to right it reads a text once. */
function createRowEnds(): (text: string, at: number) => number {
  let [known, from, end] = ["", 0, -1];
  return (text, at) => {
    if (text !== known || at < from || at > end) {
      ENDS.lastIndex = at;
      [known, from, end] = [text, at, ENDS.test(text) ? ENDS.lastIndex - 1 : text.length];
    }
    return end;
  };
}

function mayGoOn(text: string, end: number): boolean {
  const next = nextRow(text, end);
  return next !== -1 && isWholeRow(text, next);
}

function isWholeRow(text: string, start: number): boolean {
  const end = runEnd(VALUE, text, start, start + FARTHEST);
  // `NAME=value` is a line of its own.
  return end > start && endsRow(text, end) && !/^[A-Za-z_]\w*=./.test(text.slice(start, end));
}

/** The row of `at` and those below; null if the row does not end nearby. @param wholeOnly only rows that hold one value. */
function joinRows(text: string, at: number, wholeOnly: boolean): Joined | null {
  const positions: number[] = [];
  let firstJoin = -1;
  let rows = 1;
  let index = Math.max(0, at - CONTEXT);
  const limit = Math.min(text.length, at + FARTHEST);
  while (index < limit) {
    const next =
      index > at && rows < MOST_ROWS && MAY_END.test(text[index] ?? "") ? nextRow(text, index) : -1;
    if (next === -1) {
      if (index > at && isRowEnd(text.charCodeAt(index))) break;
      positions.push(index++);
      continue;
    }
    if (wholeOnly && !isWholeRow(text, next)) break;
    if (rows === 1) firstJoin = positions.length;
    index = next;
    rows++;
  }
  if (rows === 1) return null;
  return { text: positions.map((position) => text[position]).join(""), positions, firstJoin };
}

function outside({ spans }: Finding, { positions }: Joined): Finding {
  const result: [number, number][] = [];
  for (const [start, end] of spans) {
    for (const position of positions.slice(start, end)) {
      const last = result.at(-1);
      if (last && last[1] === position) last[1]++;
      else result.push([position, position + 1]);
    }
  }
  return { spans: result, until: result.at(-1)?.[1] ?? 0 };
}
