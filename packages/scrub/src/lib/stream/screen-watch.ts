import type { CellProvenance } from "@cassette/format";
import type { Detector } from "../engine/detector.js";
import type { Hit } from "../engine/hit.js";
import type { SourceHit } from "./lane.js";
import { lengthOf } from "./mask.js";

/** Looks at screens for what never stood in one piece in the stream. */
export interface ScreenWatch {
  /** Remembers bytes as they are fed to the provenance. */
  feed(bytes: Uint8Array, offset: number): Promise<void>;
  /** Looks at the screen as it is now. */
  look(): void;
}

/** Cells whose bytes are remembered: many screens of the largest size. */
const MOST_KNOWN = 1 << 20;

/** Makes a watch over a provenance. */
export function createScreenWatch(
  provenance: CellProvenance,
  detector: Detector,
  report: (hit: SourceHit) => void,
): ScreenWatch {
  /** The characters that stood on the screen at the last looks, by the offset of their first byte. */
  let known = new Map<number, Uint8Array>();
  let recent: { bytes: Uint8Array; offset: number }[] = [];

  function charAt(offset: number): Uint8Array | undefined {
    const remembered = known.get(offset);
    if (remembered !== undefined) return remembered;
    const index = recent.findIndex(
      ({ bytes, offset: start }) => offset >= start && offset < start + bytes.length,
    );
    const piece = recent[index];
    if (piece === undefined) return undefined;
    const start = offset - piece.offset;
    const length = lengthOf(piece.bytes[start] ?? 0);
    const rest = recent[index + 1]?.bytes.subarray(0, 3) ?? [];
    const char = Uint8Array.of(...piece.bytes.subarray(start, start + length), ...rest).subarray(0, length);
    known.set(offset, char);
    return char;
  }

  return {
    async feed(bytes, offset) {
      recent.push({ bytes, offset });
      await provenance.feed(bytes);
    },
    look() {
      const { text, places } = textOf(provenance.offsets(), charAt);
      detector.detect(text, 0, (hit) => report(inSource(hit, places)));
      recent = [];
      if (known.size > MOST_KNOWN) known = new Map([...known].slice(-MOST_KNOWN / 2));
    },
  };
}

interface Place {
  readonly offset: number;
  readonly char: Uint8Array;
}

/** The screen as rows of first bytes, and the character of each. */
function textOf(
  cells: readonly (readonly (number | null)[])[],
  charAt: (offset: number) => Uint8Array | undefined,
): { text: string; places: (Place | null)[] } {
  const bytes: number[] = [];
  const places: (Place | null)[] = [];
  for (const row of cells) {
    let kept = bytes.length;
    for (const [column, offset] of row.entries()) {
      const char = offset === null ? undefined : charAt(offset);
      const byte = offset === null ? 0x20 : (char?.[0] ?? 0);
      // The second half of a wide character.
      if (byte >= 0x80 && offset === row[column - 1]) continue;
      bytes.push(byte);
      places.push(offset !== null && char ? { offset, char } : null);
      if (byte !== 0x20) kept = bytes.length;
    }
    bytes.length = kept;
    places.length = kept;
    bytes.push(0x0a);
    places.push(null);
  }
  return { text: Buffer.from(bytes).toString("latin1"), places };
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
    bytes: Buffer.concat(chars.map(({ char }) => char)),
  };
}
