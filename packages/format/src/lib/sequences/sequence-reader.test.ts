import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSequenceReader } from "./sequence-reader.js";

/** Sequences between brackets. */
function shown(...chunks: string[]): string {
  const reader = createSequenceReader();
  const parts = chunks.flatMap((chunk) => reader.read(chunk));
  return parts.map(({ isSequence, text }) => (isSequence ? `<${text}>` : text)).join("");
}

describe("createSequenceReader", () => {
  it.each([
    ["a\x1b[31mb", "a<\x1b[31m>b"],
    ["\x1b]2;title\x07x", "<\x1b]2;title\x07>x"],
    ["\x1b]2;title\x1b\\x", "<\x1b]2;title\x1b\\>x"],
    ["\x1bPq\x07still\x1b\\x", "<\x1bPq\x07still\x1b\\>x"],
    ["\x9b1;2Hx", "<\x9b1;2H>x"],
    ["\x1b(0x\x1bcy", "<\x1b(0>x<\x1bc>y"],
    ["a\nb", "a\nb"],
  ])("finds the sequences of %j", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    ["\x1b[3\x1b[1mx", "<\x1b[1m>x"],
    ["\x1b]2;tit\x1b[1mx", "<\x1b[1m>x"],
  ])("leaves out a sequence that another one breaks off: %j", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it("finds the same however the text is split", () => {
    const pieces = ["\x1b", "[", "]", "2;", "m", "\x07", "\\", "x", "\x9b", "\x18", "P", "1"];
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((list) => list.join(""));
    fc.assert(
      fc.property(texts, fc.nat(), (text, number) => {
        const cut = text.length === 0 ? 0 : number % text.length;
        expect(shown(text.slice(0, cut), text.slice(cut))).toBe(shown(text));
      }),
    );
  });

  it("keeps the beginning and the end of a long sequence, and reports that the text ends within it", () => {
    const reader = createSequenceReader(8);
    expect(reader.read(`\x1b]2;${"t".repeat(100)}`)).toEqual([]);
    expect(reader.isWithin).toBe(true);
    expect(reader.read("end\x07")).toEqual([{ isSequence: true, text: "\x1b]2;ttttend\x07" }]);
    expect(reader.isWithin).toBe(false);
  });
});
