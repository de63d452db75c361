import type { ScreenHit } from "@cassette/format";
import type { Detector } from "../engine/detector.js";
import type { Span } from "../engine/hit.js";
import { detectIn } from "../stream/label-text.js";

type Place = ScreenHit["places"][number];

/** Everything that a detector finds on a screen, in order. */
export function scanScreen(
  rows: readonly string[],
  detector: Detector,
  isAllowed: (matched: string) => boolean,
): ScreenHit[] {
  const bytes = rows.map((row) => Buffer.from(row));
  const starts = startsOf(bytes);
  const screen = Buffer.concat(bytes.flatMap((row) => [row, LINE_END]));
  return detectIn(screen, detector, isAllowed)
    .settle()
    .map(({ rule, spans }) => ({
      rule,
      places: spans.flatMap((span) => placesOf(span, bytes, starts)),
    }));
}

const LINE_END = Buffer.from("\n");

/** Where each row begins on the screen as a whole. */
function startsOf(rows: readonly Uint8Array[]): number[] {
  let next = 0;
  return rows.map(({ length }) => {
    const start = next;
    next += length + LINE_END.length;
    return start;
  });
}

/** A range of the whole screen, row by row. */
function placesOf([from, to]: Span, rows: readonly Buffer[], starts: readonly number[]): Place[] {
  const places: Place[] = [];
  for (
    let row = Math.max(
      0,
      starts.findLastIndex((start) => start <= from),
    );
    row < rows.length;
    row++
  ) {
    const first = starts[row] ?? 0;
    if (first >= to) break;
    const bytes = rows[row] ?? LINE_END;
    const [start, end] = [unitsBefore(bytes, from - first), unitsBefore(bytes, to - first, true)];
    if (end > start) places.push({ row, start, end });
  }
  return places;
}

/** How many UTF-16 units stand before a byte; a character that is cut is left out, or taken whole. */
function unitsBefore(row: Buffer, at: number, isWhole = false): number {
  let cut = Math.min(Math.max(0, at), row.length);
  while (cut > 0 && cut < row.length && isContinuation(row[cut])) cut += isWhole ? 1 : -1;
  return row.toString("utf8", 0, cut).length;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf;
}
