import { describe, expect, it } from "vitest";
import { CELL_COLOR, CELL_MODE } from "./cells.js";
import { graphemesByColumn } from "./graphemes-by-column.js";
import type { Cell } from "./records.js";

const cell = (char: string, Mode = 0): Cell => ({
  Char: char.codePointAt(0) ?? 0,
  Mode,
  FG: CELL_COLOR.defaultForeground,
  BG: CELL_COLOR.defaultBackground,
});
const plain = (text: string) => [...text].map((char) => cell(char));

describe("graphemesByColumn", () => {
  it("keeps clusters whole and leaves wide tails empty", () => {
    const cells = [cell("漢", CELL_MODE.wideHead), cell("", CELL_MODE.wideTail), ...plain("ex")];
    expect(graphemesByColumn(cells, "漢e\u0301x")).toEqual(["漢", undefined, "e\u0301", "x"]);
  });

  it("has spaces where the text was trimmed", () => {
    expect(graphemesByColumn(plain("a  "), "a")).toEqual(["a", " ", " "]);
  });

  it("prefers the cells where they and the text differ", () => {
    expect(graphemesByColumn(plain("ab "), "xyz")).toEqual(["a", "b", " "]);
  });
});
