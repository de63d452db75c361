import type { CellProvenance } from "@cassette/format";
import { type AlsoFind, detectMasked } from "../engine/detect-masked.js";
import type { Detector } from "../engine/detector.js";
import type { Hit } from "../engine/hit.js";
import { lastBegun } from "../engine/last-begun.js";
import type { SourceHit } from "../stream/lane.js";
import { lengthOf } from "../stream/mask.js";
import { isVertical, stripsOf } from "./strips.js";

/** Looks at screens for what never was in one piece in the stream. */
export interface ScreenWatch {
  /** Remembers bytes as they are fed to the provenance. */
  feed(bytes: Uint8Array, offset: number): Promise<void>;
  /** Looks at the screen as it is now. @returns how many cells it has. */
  look(): number;
  /** How much more a look takes than one at rows of text. */
  readonly weight: number;
}

/** Finding out which byte painted each cell takes that much more than reading its text. */
const WEIGHT = 4;

/** Cells whose bytes are remembered: many screens of the largest size. */
const MOST_KNOWN = 1 << 20;

/** Makes a watch over a provenance. */
export function createScreenWatch(
  provenance: CellProvenance,
  detector: Detector,
  report: (hit: SourceHit) => boolean,
  also: AlsoFind,
): ScreenWatch {
  /** The characters that were on the screen at the last looks, by the offset of their first byte. */
  let known = new Map<number, Uint8Array>();
  let recent: { bytes: Uint8Array; offset: number }[] = [];

  function charAt(offset: number): Uint8Array | undefined {
    const remembered = known.get(offset);
    if (remembered !== undefined) return remembered;
    const index = lastBegun(recent.length, (piece) => recent[piece]?.offset ?? 0, offset);
    const piece = recent[index];
    if (piece === undefined) return undefined;
    const start = offset - piece.offset;
    const length = lengthOf(piece.bytes[start] ?? 0);
    let char = piece.bytes.slice(start, start + length);
    if (char.length < length)
      char = Buffer.concat([char, recent[index + 1]?.bytes ?? char]).subarray(0, length);
    known.set(offset, char);
    return char;
  }

  return {
    weight: WEIGHT,
    async feed(bytes, offset) {
      recent.push({ bytes, offset });
      await provenance.feed(bytes);
    },
    look() {
      const grid = gridOf(provenance.offsets(), charAt);
      for (const pane of [grid, ...panesOf(grid)]) {
        const { bytes, places } = textOf(pane);
        detectMasked(detector, bytes, [0, bytes.length], (hit) => report(inSource(hit, places)), also);
      }
      recent = [];
      if (known.size > MOST_KNOWN) known = new Map([...known].slice(-MOST_KNOWN / 2));
      return grid.length * (grid[0]?.length ?? 0);
    },
  };
}

interface Place {
  readonly offset: number;
  readonly char: Uint8Array;
}

/** What is in a cell; null where nothing was printed. */
type Grid = readonly (readonly (Place | null)[])[];

const UNKNOWN = Uint8Array.of(0);

function gridOf(
  cells: readonly (readonly (number | null)[])[],
  charAt: (offset: number) => Uint8Array | undefined,
): Grid {
  return cells.map((row) =>
    row.map((offset) => (offset === null ? null : { offset, char: charAt(offset) ?? UNKNOWN })),
  );
}

/** Panes beside each other. */
function panesOf(grid: Grid): Grid[] {
  const verticals = grid.map((row) =>
    row.flatMap((place, column) => (place !== null && isLine(place.char) ? [column] : [])),
  );
  return stripsOf(verticals, grid[0]?.length ?? 0).map(([start, end]) =>
    grid.map((row) => row.slice(start, end)),
  );
}

function isLine(char: Uint8Array): boolean {
  return (char[0] === 0x7c || char[0] === 0xe2) && isVertical(Buffer.from(char).toString());
}

/** Rows as text, and for each byte the character it is of. */
function textOf(grid: Grid): { bytes: Buffer; places: (Place | null)[] } {
  const rows: string[] = [];
  const places: (Place | null)[] = [];
  for (const row of grid) {
    let text = "";
    for (const [column, place] of row.slice(0, 1 + row.findLastIndex(isShown)).entries()) {
      if (place !== null && isSecondHalf(place, row[column - 1])) continue;
      const char = place === null ? " " : latin1(place.char);
      text += char;
      for (let byte = 0; byte < char.length; byte++) places.push(place);
    }
    rows.push(text);
    places.push(null);
  }
  return { bytes: Buffer.from(rows.map((row) => `${row}\n`).join(""), "latin1"), places };
}

/** Of a wide character. One of a single byte is narrow: side by side it has been repeated. */
function isSecondHalf(place: Place, before: Place | null | undefined): boolean {
  return place.char.length > 1 && place.offset === before?.offset;
}

function latin1(char: Uint8Array): string {
  return char.length === 1 ? String.fromCharCode(char[0] ?? 0) : Buffer.from(char).toString("latin1");
}

function isShown(place: Place | null): boolean {
  return place !== null && place.char[0] !== 0x20;
}

/** Characters in the order of the source, each once. */
function inSource(hit: Hit, places: readonly (Place | null)[]): SourceHit {
  const byOffset = new Map<number, Place>();
  for (const [start, end] of hit.spans) {
    for (const place of places.slice(start, end)) if (place) byOffset.set(place.offset, place);
  }
  const chars = [...byOffset.values()].sort((a, b) => a.offset - b.offset);
  return {
    rule: hit.rule,
    label: hit.label,
    spans: chars.map(({ offset, char }) => [offset, offset + char.length]),
    text: chars.map(({ char }) => latin1(char)).join(""),
  };
}
