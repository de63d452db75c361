import { readFileSync } from "node:fs";
import { columnsOf, columnsOfText, cutToColumns } from "@cassette/format/width";
import { eastAsianWidthType } from "get-east-asian-width";
import { describe, expect, it } from "vitest";
import { emulatorWidth, TABLES, widthTables } from "./generate-widths.mjs";

const CODE_POINTS = Array.from({ length: 0x110000 }, (_, code) => code);

describe("the table of widths", () => {
  it("is what node tools/generate-widths.mjs writes", () => {
    expect(readFileSync(TABLES, "utf8")).toBe(widthTables());
  });
});

describe("columnsOf", () => {
  it("agrees with the emulator on every code point", () => {
    expect(CODE_POINTS.filter((code) => columnsOf(code) !== emulatorWidth(code))).toEqual([]);
  });

  it("widens ambiguous characters, and no others, when asked to", () => {
    const widened = CODE_POINTS.filter((code) => columnsOf(code, { ambiguous: 2 }) !== columnsOf(code));
    expect(widened).toContain("§".codePointAt(0));
    expect(widened.length).toBeGreaterThan(100_000);
    expect(widened.filter((code) => eastAsianWidthType(code) !== "ambiguous")).toEqual([]);
  });
});

describe("columnsOfText and cutToColumns", () => {
  it.each([
    ["plain", 5, "plai"],
    ["日本語", 6, "日本"],
    ["e\u0301e\u0301e\u0301e\u0301e\u0301", 5, "e\u0301e\u0301e\u0301e\u0301"],
    ["a日\u0301b", 4, "a日\u0301b"],
    ["", 0, ""],
  ])("count %j as %i columns and cut it to four", (text, columns, cut) => {
    expect(columnsOfText(text)).toBe(columns);
    expect(cutToColumns(text, 4)).toBe(cut);
  });
});
