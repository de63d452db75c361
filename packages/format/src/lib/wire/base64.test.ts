import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64.js";

describe("encodeBase64", () => {
  it("agrees with Node", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      }),
    );
  });
});

describe("decodeBase64", () => {
  it("gives the bytes that were encoded", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  it("accepts what Node decodes and encodes to the same text, and nothing else", () => {
    const character = fc.constantFrom(..."AQgwZaz09+/=-_ é");
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
        const bytes = Buffer.from(text, "base64");
        const isCanonical = bytes.toString("base64") === text;
        expect(decodeBase64(text)).toEqual(isCanonical ? new Uint8Array(bytes) : null);
      }),
      { numRuns: 5_000 },
    );
  });
});
