import { CELL_MODE, type Screen } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { decodeGif } from "../../../test/gif.js";
import { decodePng } from "../../../test/png.js";
import { type Piece, screenOf } from "../../../test/screen.js";
import { renderPng } from "../png/render-png.js";
import { renderGif } from "./render-gif.js";

const OPTIONS = { padding: 4, theme: "xterm" } as const;

async function gifOf(screens: Iterable<{ screen: Screen; durationMs: number }>, options = {}) {
  const pieces: Uint8Array[] = [];
  for await (const piece of renderGif(screens, { ...OPTIONS, ...options })) pieces.push(piece);
  return decodeGif(Buffer.concat(pieces));
}

/** The pixels of the same screen as a PNG, but for its edge. */
async function pixelsOf(screen: Screen) {
  const { width, height, pixels } = decodePng(await renderPng(screen, OPTIONS));
  return inner(
    pixels.map((pixel) => Number.parseInt(pixel.slice(0, 6), 16)),
    width,
    height,
  );
}

function inner(pixels: number[], width: number, height: number): number[] {
  return pixels.filter((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return x >= 4 && y >= 4 && x < width - 4 && y < height - 4;
  });
}

const at = (rows: (string | Piece[])[], durationMs: number) => ({
  screen: screenOf(rows, { cols: 8 }),
  durationMs,
});

describe("renderGif", () => {
  it("shows the screens as a PNG does, each for its time, and loops", async () => {
    const screens = [at(["one", "two"], 500), at(["one", [["2", { FG: 1 }]]], 250), at(["┌─┐", ""], 1_000)];
    const gif = await gifOf(screens);
    expect(gif.repeat).toBe(0);
    expect(gif.frames.map(({ delayCs }) => delayCs)).toEqual([50, 25, 100]);
    for (const [index, { screen }] of screens.entries())
      expect(inner(gif.frames[index]?.pixels ?? [], gif.width, gif.height)).toEqual(await pixelsOf(screen));
  });

  it("stores only the changed part of later frames", async () => {
    const { frames } = await gifOf([at(["aaaa", "bbbb"], 100), at(["aaaa", "bbxb"], 100)]);
    expect(frames.map(({ area }) => area)).toEqual([
      [0, 0, 80, 44],
      [4 + 2 * 9, 4 + 18, 9, 18],
    ]);
  });

  it("joins equal screens, and leaves out what is too short to be seen", async () => {
    const { frames } = await gifOf([
      at(["a"], 100),
      at(["a"], 100),
      at(["b"], 4),
      at(["c"], 96),
      at(["d"], 100),
    ]);
    expect(frames.map(({ delayCs }) => delayCs)).toEqual([20, 10, 10]);
    const { frames: last } = await gifOf([at(["a"], 100), at(["b"], 1)]);
    expect(last.map(({ delayCs }) => delayCs)).toEqual([10, 2]);
  });

  it("keeps time over many frames of uneven length", async () => {
    const screens = Array.from({ length: 301 }, (_, index) => at([String(index)], 33.333));
    const { frames } = await gifOf(screens);
    const total = frames.reduce((sum, { delayCs }) => sum + delayCs, 0);
    expect(total).toBe(Math.round((301 * 33.333) / 10));
  });

  it("splits a pause that is longer than a frame can be", async () => {
    const { frames } = await gifOf([at(["a"], 2_000_000), at(["b"], 100)]);
    expect(frames.slice(0, -1).reduce((sum, { delayCs }) => sum + delayCs, 0)).toBe(200_000);
  });

  it("draws more colours than a palette has with the nearest of fewer", async () => {
    const row = (shift: number) =>
      Array.from(
        { length: 300 },
        (_, index): Piece => [
          " ",
          { BG: ((index & 15) << 20) | ((index >> 4) << (8 + shift)), Mode: CELL_MODE.bgRgb },
        ],
      );
    const rows = [0, 4].map((shift) => ({ screen: screenOf([row(shift)]), durationMs: 100 }));
    const { frames } = await gifOf(rows);
    expect(frames).toHaveLength(2);
    const exact = await pixelsOf(rows[1]?.screen as Screen);
    const shown = inner(frames[1]?.pixels ?? [], 2_708, 26);
    const far = shown.filter((pixel, index) => {
      const other = exact[index] ?? 0;
      return [16, 8, 0].some((bits) => Math.abs(((pixel >> bits) & 255) - ((other >> bits) & 255)) > 24);
    });
    expect(far.length / shown.length).toBeLessThan(0.01);
  });

  it("plays as often as asked", async () => {
    expect((await gifOf([at(["a"], 100)], { loop: 1 })).repeat).toBeNull();
    expect((await gifOf([at(["a"], 100)], { loop: 3 })).repeat).toBe(2);
  });

  it("needs a screen", async () => {
    await expect(gifOf([])).rejects.toThrow(TypeError);
  });
});
