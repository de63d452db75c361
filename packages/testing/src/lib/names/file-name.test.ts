import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameForGiven, nameForTest } from "./file-name.js";

/** The name as a file system compares it that ignores case and the form of accents. */
function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** Names that a careless mapping gives the same file. */
const ALIKE = [
  "press <",
  "press >",
  "press",
  "✓",
  "✗",
  "",
  "-",
  "Case",
  "case",
  "CASE",
  "a b",
  "a-b",
  "a_b",
  "a b.1",
  "a-b.1",
  "a/b",
  "é",
  "e\u0301",
  "con",
  "con.txt",
  "..",
  ".hidden",
  "hidden",
  `${"long ".repeat(60)}one`,
  `${"long ".repeat(60)}two`,
  "名".repeat(200),
  `${"名".repeat(200)}前`,
];

describe("nameForGiven and nameForTest", () => {
  it("give different names different files, also where a file system ignores case", () => {
    const names = ALIKE.flatMap((name) => [
      nameForGiven(name),
      ...[1, 2, 11].map((number) => nameForTest(name, number)),
    ]);
    expect(new Set(names.map(folded)).size).toBe(names.length);
  });

  it("do so for any two names", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "A", "b", " ", "-", ".", "1", "<", "ß", "é") });
    fc.assert(
      fc.property(name, name, fc.integer({ min: 1, max: 12 }), (one, other, number) => {
        expect(folded(nameForGiven(one)) === folded(nameForGiven(other))).toBe(one === other);
        expect(folded(nameForTest(one, 1)) === folded(nameForTest(other, number))).toBe(
          one === other && number === 1,
        );
        expect(folded(nameForGiven(one))).not.toBe(folded(nameForTest(other, number)));
      }),
    );
  });

  it("give names that every file system accepts", () => {
    for (const name of ALIKE.flatMap((alike) => [nameForGiven(alike), nameForTest(alike, 1)])) {
      expect(Buffer.byteLength(`${name}.actual.svg`)).toBeLessThan(255);
      expect(name).not.toMatch(/^\.|[<>:"/\\|?*\x00-\x1f]|^(?:con|nul)(?:\.|$)/i);
    }
  });

  it("keep names of lower-case words readable", () => {
    expect(nameForGiven("second-page")).toBe("second-page");
    expect(nameForTest("shows help", 2)).toBe("shows-help.2");
    expect(nameForTest("Shows <help>", 1)).toMatch(/^Shows-help~[0-9a-f]{12}\.1$/);
  });
});
