import { BACKGROUND, type Color } from "../src/lib/grid/color.js";
import type { Style } from "../src/lib/grid/style.js";
import type { PageBlock, PageHeader, PageRow, PageScreen } from "../src/lib/page/page-data.js";

/** A screen, complete. */
export interface ShownScreen {
  /** Milliseconds from the start. */
  t: number;
  seq: number;
  /** Numbers of rows; -1 is an empty one. */
  rows: readonly number[];
  cols: number;
  /** Null while it is invisible. */
  cursor: readonly [row: number, col: number] | null;
  shape: "block" | "underline" | "bar";
  background: Color;
  /** Lines that scrolled by since the screen before. */
  passed: readonly string[];
}

/** A recording as far as it has been read. */
export class Recording {
  readonly header: PageHeader;
  readonly styles: Style[] = [];
  readonly rows: PageRow[] = [];
  readonly screens: ShownScreen[] = [];

  constructor(header: PageHeader) {
    this.header = header;
  }

  add({ styles, rows, screens }: PageBlock): void {
    for (const style of styles) this.styles.push(style);
    for (const row of rows) this.rows.push(row);
    for (const change of screens) this.screens.push(applied(change, this.screens.at(-1)));
  }

  /** Length in milliseconds. */
  get duration(): number {
    return Math.max(this.header.durationMs, this.screens.at(-1)?.t ?? 0);
  }

  /** Number of the screen at a time. */
  at(t: number): number {
    return Math.max(0, countUntil(this.screens, (screen) => screen.t <= t) - 1);
  }

  /** Number of the screen that shows an event. */
  atSeq(seq: number): number {
    return Math.max(0, countUntil(this.screens, (screen) => screen.seq <= seq) - 1);
  }

  /** Text of a row, without the blanks at its end. */
  textOf(row: number): string {
    return (this.rows[row] ?? [])
      .map(([, text]) => text)
      .join("")
      .trimEnd();
  }
}

/** What the first screen changes. */
const NOTHING: ShownScreen = {
  t: 0,
  seq: 0,
  rows: [],
  cols: 0,
  cursor: null,
  shape: "block",
  background: BACKGROUND,
  passed: [],
};

function applied(change: PageScreen, before: ShownScreen = NOTHING): ShownScreen {
  const [count, cols] = change.z ?? [before.rows.length, before.cols];
  return {
    t: change.t + before.t,
    seq: change.q + before.seq,
    rows: rowsAfter(change, before.rows, count),
    cols,
    cursor: change.c === undefined ? before.cursor : change.c,
    shape: change.k ?? before.shape,
    background: change.b ?? before.background,
    passed: change.p ?? [],
  };
}

function rowsAfter(
  { s: shift = 0, r: runs = [] }: PageScreen,
  before: readonly number[],
  count: number,
): number[] {
  const rows = Array.from({ length: count }, (_, row) => before[row] ?? -1);
  for (let moved = shift; moved > 0; moved--) rows.push(-1);
  rows.splice(0, shift);
  for (const [first, ...numbers] of runs)
    for (const [at, number] of numbers.entries()) rows[first + at] = number;
  return rows;
}

/** How many at the start of a sorted list pass a test. */
function countUntil<T>(list: readonly T[], passes: (item: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(list[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Reads a block. */
export async function unpackBlock(base64: string): Promise<PageBlock> {
  return JSON.parse(new TextDecoder().decode(await inflate(base64))) as PageBlock;
}

/** Bytes of raw deflated data in base64. */
export async function inflate(base64: string): Promise<Uint8Array> {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
