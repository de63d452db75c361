import { CELL_MODE } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { decodePng } from "../../../test/png.js";
import { type Piece, screenOf, withDetails } from "../../../test/screen.js";
import { renderPng } from "./render-png.js";

const BARE = { padding: 0, theme: "xterm" } as const;

/** The colours in one cell of 9 × 18 pixels. */
async function cellOf(rows: (string | Piece[])[], row: number, col: number) {
  const { width, pixels } = decodePng(await renderPng(screenOf(rows), BARE));
  return Array.from(
    { length: 9 * 18 },
    (_, at) => pixels[(row * 18 + Math.floor(at / 9)) * width + col * 9 + (at % 9)],
  );
}

const part = (cell: (string | undefined)[], color: string) =>
  cell.filter((pixel) => pixel === color).length / cell.length;

describe("renderPng", () => {
  it("draws backgrounds to the edge of their cells", async () => {
    const rows: Piece[][] = [["   "], [" ", [" ", { BG: 1 }], " "]];
    expect(part(await cellOf(rows, 1, 1), "cd0000ff")).toBe(1);
    expect(part(await cellOf(rows, 0, 1), "000000ff")).toBeGreaterThan(0.9);
  });

  it("draws letters in their colours, and no other cell's", async () => {
    const cell = await cellOf([" ", [" ", ["M", { FG: 2 }], " "]], 1, 1);
    expect(part(cell, "00cd00ff")).toBeGreaterThan(0.1);
    expect(cell.every((pixel) => /^00..00ff$/.test(pixel ?? ""))).toBe(true);
  });

  it("draws boxes that join, and shades", async () => {
    const lines = await cellOf(["   ", "───"], 1, 1);
    expect(lines.slice(9 * 9, 9 * 10).filter((pixel) => pixel === "e5e5e5ff").length % 9).toBe(0);
    expect(new Set(await cellOf(["   ", " ░ "], 1, 1))).toEqual(new Set(["414141ff"]));
    expect(part(await cellOf(["   ", " █ "], 1, 1), "e5e5e5ff")).toBe(1);
  });

  it("draws bold thicker than plain, and underlines", async () => {
    const inkOf = async (Mode: number) =>
      1 - part(await cellOf([" ", [" ", ["l", { Mode }], " "]], 1, 1), "000000ff");
    const plain = await inkOf(0);
    expect(await inkOf(CELL_MODE.bold)).toBeGreaterThan(plain);
    expect(await inkOf(CELL_MODE.underline)).toBeGreaterThan(plain);
    expect(await inkOf(CELL_MODE.strike)).toBeGreaterThan(plain);
  });

  it("reports what no font has, and draws a box", async () => {
    const missing: string[] = [];
    const png = await renderPng(screenOf(["a漢漢b"]), { ...BARE, onMissing: (text) => missing.push(text) });
    expect(missing).toEqual(["漢"]);
    expect(new Set((await cellOf(["   ", " 漢"], 1, 1)).values()).size).toBeGreaterThan(1);
    expect(decodePng(png)).toMatchObject({ width: 54, height: 18 });
  });

  it("keeps true colours where there are more than a palette has", async () => {
    const row = Array.from(
      { length: 300 },
      (_, index): Piece => [" ", { BG: 0x10000 + index, Mode: CELL_MODE.bgRgb }],
    );
    const { width, pixels } = decodePng(await renderPng(screenOf(["", row]), BARE));
    expect(pixels[20 * width + 9 * 299 + 4]).toBe("01012bff");
  });

  it("has a cursor of the shape that the program chose", async () => {
    const screen = withDetails(screenOf(["ab"], { cursor: { Row: 0, Col: 1, Visible: true } }), {
      cursorShape: { shape: "bar", blinks: false },
      colors: { palette: {}, cursor: 0xff8000 },
    });
    const { pixels } = decodePng(await renderPng(screen, BARE));
    expect(pixels.slice(9 * 18, 9 * 18 + 18).filter((pixel) => pixel === "ff8000ff").length).toBe(2);
  });

  it("is round at the corners, with a bar and a title where there is a window", async () => {
    const png = await renderPng(screenOf(["x".repeat(40)]), { window: true, title: "title" });
    const { pixels } = decodePng(png);
    expect(pixels[0]?.endsWith("00")).toBe(true);
    expect(pixels).toContain("ff5f57ff");
  });

  it("is the same each time", async () => {
    const screen = screenOf(["same ┌─┐"]);
    expect(await renderPng(screen)).toEqual(await renderPng(screen));
  });
});
