import type { ScreenHit } from "@cassette/format";
import { columnsOf } from "@cassette/format/width";
import type { Detector } from "../engine/detector.js";
import type { Span } from "../engine/hit.js";
import { detectIn } from "../stream/label-text.js";
import type { SourceHit } from "../stream/lane.js";
import { isVertical, mayHaveBorder, stripsOf } from "./strips.js";

type Place = ScreenHit["places"][number];

/** Rows, or a pane of them. */
interface Pane {
  readonly rows: readonly string[];
  /** Where each begins in the whole row, in UTF-16 units. */
  readonly starts: readonly number[];
}

/** Everything that a detector finds on a screen, as a whole and in each pane of it. */
export function scanScreen(
  rows: readonly string[],
  detector: Detector,
  isAllowed: (hit: SourceHit) => boolean,
): ScreenHit[] {
  const inPanes = panesOf(rows).flatMap((pane) => scanPane(pane, detector, isAllowed));
  return unique([...scanPane({ rows, starts: rows.map(() => 0) }, detector, isAllowed), ...inPanes]);
}

function unique(hits: readonly ScreenHit[]): ScreenHit[] {
  return [...new Map(hits.map((hit) => [JSON.stringify(hit), hit])).values()];
}

/** Panes beside each other. */
function panesOf(rows: readonly string[]): Pane[] {
  if (!mayHaveBorder(rows)) return [];
  const grid = rows.map(cellsOf);
  const cols = Math.max(0, ...grid.map(({ length }) => length));
  const verticals = grid.map((cells) =>
    cells.flatMap(({ char }, column) => (isVertical(char) ? [column] : [])),
  );
  return stripsOf(verticals, cols).map(([first, end]) => {
    const ranges = rows.map((row, index) => {
      const cells = grid[index] ?? [];
      return [cells[first]?.unit ?? row.length, cells[end]?.unit ?? row.length] as const;
    });
    return {
      rows: rows.map((row, index) => row.slice(...(ranges[index] ?? [0, 0]))),
      starts: ranges.map(([start]) => start),
    };
  });
}

/** By column, the character that is there and where it begins in the row. */
function cellsOf(row: string): { char: string; unit: number }[] {
  const cells: { char: string; unit: number }[] = [];
  let unit = 0;
  for (const char of row) {
    const columns = columnsOf(char.codePointAt(0) ?? 0);
    for (let column = 0; column < columns; column++) cells.push({ char, unit });
    unit += char.length;
  }
  return cells;
}

function scanPane(
  { rows, starts }: Pane,
  detector: Detector,
  isAllowed: (hit: SourceHit) => boolean,
): ScreenHit[] {
  const found = detectIn(Buffer.from(`${rows.join("\n")}\n`), detector, isAllowed).settle();
  if (found.length === 0) return [];
  const bytes = rows.map((row) => Buffer.from(row));
  const offsets = offsetsOf(bytes);
  return found.map(({ rule, spans }) => ({
    rule,
    places: spans
      .flatMap((span) => placesOf(span, bytes, offsets))
      .map(({ row, start, end }) => {
        const shift = starts[row] ?? 0;
        return { row, start: start + shift, end: end + shift };
      }),
  }));
}

/** Where each row begins among all, in bytes. */
function offsetsOf(rows: readonly Uint8Array[]): number[] {
  let next = 0;
  return rows.map(({ length }) => {
    const start = next;
    next += length + 1;
    return start;
  });
}

/** A range of bytes, row by row. */
function placesOf([from, to]: Span, rows: readonly Buffer[], offsets: readonly number[]): Place[] {
  const places: Place[] = [];
  for (
    let row = Math.max(
      0,
      offsets.findLastIndex((offset) => offset <= from),
    );
    row < rows.length;
    row++
  ) {
    const first = offsets[row] ?? 0;
    if (first >= to) break;
    const bytes = rows[row] ?? Buffer.alloc(0);
    const [start, end] = [unitsBefore(bytes, from - first), unitsBefore(bytes, to - first, true)];
    if (end > start) places.push({ row, start, end });
  }
  return places;
}

/** How many UTF-16 units are before a byte; a character that is cut is left out, or taken whole. */
function unitsBefore(row: Buffer, at: number, isWhole = false): number {
  let cut = Math.min(Math.max(0, at), row.length);
  while (cut > 0 && cut < row.length && isContinuation(row[cut])) cut += isWhole ? 1 : -1;
  return row.toString("utf8", 0, cut).length;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf;
}
