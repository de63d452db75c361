import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLinePieces, LONGEST_LINE, type Piece } from "./line-pieces.js";

function taken(texts: string[], isOneLine: boolean): Piece[] {
  const pieces = createLinePieces();
  const found: Piece[] = [];
  for (const text of texts) {
    pieces.push(Buffer.from(text));
    for (let piece = pieces.take(isOneLine); piece; piece = pieces.take(isOneLine)) found.push(piece);
  }
  return found;
}

const textOf = (pieces: Piece[]) => pieces.map(({ bytes }) => Buffer.from(bytes).toString());
const line = (length: number) => "x".repeat(length);

describe("createLinePieces", () => {
  it("hands out one line at a time, or as many as a terminal holds", () => {
    expect(textOf(taken(["a\nbc\n", "d"], true))).toEqual(["a\n", "bc\n", "d"]);
    expect(textOf(taken(["a\nbc\n", "d"], false))).toEqual(["a\nbc\n", "d"]);
    const lines = `${line(99)}\n`.repeat(100);
    expect(textOf(taken([lines], false)).map((text) => text.length)).toEqual([4_000, 4_000, 2_000]);
  });

  it("cuts a line only when it is longer than a terminal takes", () => {
    for (const texts of [
      [`${line(LONGEST_LINE)}\n`],
      [line(LONGEST_LINE), "\n"],
      [line(9), `${line(4_086)}\n`],
    ])
      expect(taken(texts, false).some(({ isCut }) => isCut)).toBe(false);
    for (const texts of [[`${line(LONGEST_LINE + 1)}\n`], [line(LONGEST_LINE), "x\n"]])
      expect(taken(texts, true).filter(({ isCut }) => isCut)).toHaveLength(1);
  });

  it("says whether the last piece ended within a line", () => {
    const pieces = createLinePieces();
    expect(pieces.isMidLine).toBe(false);
    pieces.push(Buffer.from("a\nb"));
    pieces.take(false);
    expect(pieces.isMidLine).toBe(false);
    pieces.take(false);
    expect(pieces.isMidLine).toBe(true);
  });

  it("loses nothing and never has a terminal hold more than it can", () => {
    const text = fc.array(fc.oneof(fc.constant("\n"), fc.nat(9_000).map(line)), { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(
          text.map((parts) => parts.join("")),
          { maxLength: 4 },
        ),
        fc.boolean(),
        (texts, isOneLine) => {
          const pieces = taken(texts, isOneLine);
          expect(textOf(pieces).join("")).toBe(texts.join(""));
          let held = 0;
          for (const { bytes, isCut } of pieces) {
            for (const byte of bytes) {
              held = byte === 0x0a ? 0 : held + 1;
              expect(held).toBeLessThanOrEqual(LONGEST_LINE);
            }
            if (isCut) held = 0;
          }
        },
      ),
      { numRuns: process.env.CASSETTE_SOAK ? 600 : 20 },
    );
  });
});
