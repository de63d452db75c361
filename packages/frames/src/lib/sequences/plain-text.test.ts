import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonCharacter } from "./common-characters.js";
import { createPlainText } from "./plain-text.js";
import { characterLength } from "./utf8.js";

/** The same, character by character. */
function endOfCommon(bytes: Buffer, at: number): number {
  let end = at;
  while (end < bytes.length) {
    const byte = bytes[end] ?? 0;
    const length = byte < 0x80 ? Number(byte !== 0x1b) : commonCharacter(bytes, end);
    if (length === 0 || characterLength(bytes, end, bytes.length) <= 0) break;
    end += length;
  }
  return end;
}

describe("createPlainText", () => {
  it("skips common characters, and nothing else", () => {
    const character = fc.oneof(
      fc.constantFrom(..."aé漢한─🚀\u3000\u309a\u302a\u0301\u200d\u2010\ufe0f\x1b\u0085"),
      fc
        .integer({ min: 0, max: 0x10ffff })
        .map((code) => (code >= 0xd800 && code < 0xe000 ? "x" : String.fromCodePoint(code))),
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 12 }), fc.nat(3), (characters, cut) => {
        const whole = Buffer.from(characters.join(""));
        const bytes = whole.subarray(0, Math.max(0, whole.length - cut));
        expect(createPlainText(bytes).skip(0)).toBe(endOfCommon(bytes, 0));
      }),
      { numRuns: 20_000 },
    );
  });

  it("skips nothing in bytes that are not UTF-8", () => {
    expect(createPlainText(Buffer.from([0x61, 0xff, 0x61])).skip(0)).toBe(0);
  });
});
