import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodePaste } from "./paste.js";

function pasted(text: string, bracketed: boolean): string {
  return Buffer.from(encodePaste(text, bracketed)).toString();
}

describe("encodePaste", () => {
  it("sends line ends as returns", () => {
    expect(pasted("a\nb\r\nc\rd", false)).toBe("a\rb\rc\rd");
  });

  it("brackets the text where the program asked for it", () => {
    expect(pasted("ls -l\n", true)).toBe("\x1b[200~ls -l\r\x1b[201~");
  });

  it("does not let a text end its paste bracket early", () => {
    const piece = fc.constantFrom("\x1b[201~", "\x1b[200~", "\x1b[20", "1~", "0~", "\x1b", "[", "x");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(pasted(pieces.join(""), true).split("\x1b[201~")).toHaveLength(2);
      }),
    );
    expect(pasted("\x1b[20\x1b[201~1~rm", true)).toBe("\x1b[200~rm\x1b[201~");
  });
});
