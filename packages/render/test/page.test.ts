import { CELL_MODE, type Screen } from "@cassette/format";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Recording, unpackBlock } from "../client/recording.js";
import { search } from "../client/search.js";
import { createGridReader, type Glyph } from "../src/lib/grid/read-grid.js";
import { encodePage, type PageRecording } from "../src/lib/page/encode-page.js";
import type { MomentScreen } from "../src/lib/page/screen-encoder.js";
import { type Piece, screenOf } from "./screen.js";

const RECORDING: Omit<PageRecording, "screens"> = {
  title: "a program",
  summary: "exit 0",
  facts: [["program", "sh"]],
  durationMs: 1_000,
  events: [],
};

/** What the page reads of screens. */
async function readBack(moments: readonly MomentScreen[], options = {}) {
  const page = await encodePage({ ...RECORDING, screens: () => moments }, options);
  const recording = new Recording(page.header);
  for (const block of page.blocks) recording.add(await unpackBlock(block));
  return { page, recording };
}

const at = (t_ms: number, screen: Screen): MomentScreen => ({ t_ms, seq: t_ms + 1, screen });

/** The characters of a row of the page with their columns, as a grid has them. */
function glyphsOf({ rows, styles }: Recording, row: number): Glyph[] {
  let col = 0;
  return (rows[row] ?? []).flatMap(([number, text, width]) => {
    const style = styles[number] as Glyph["style"];
    return (width === undefined ? [...text] : [text]).map((char): Glyph => {
      const glyph: Glyph = { col, text: char, width: width === 2 ? 2 : 1, style };
      col += glyph.width;
      return glyph;
    });
  });
}

const WORDS = ["a", "bc", "│─┐", "漢字", "👍", "e\u0301", "ä", " ", "  x"];
const piece = fc.record({
  word: fc.constantFrom(...WORDS),
  bold: fc.boolean(),
  color: fc.integer({ min: 0, max: 9 }),
});
const rowOf = fc
  .array(piece, { maxLength: 6 })
  .map((pieces) =>
    pieces.map(({ word, bold, color }): Piece => [word, { Mode: bold ? CELL_MODE.bold : 0, FG: color }]),
  );

describe("encodePage", () => {
  it("gives back every screen, whatever changes from one to the next", async () => {
    const pool = fc.array(rowOf, { minLength: 3, maxLength: 8 });
    const picks = fc.array(fc.array(fc.nat(7), { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(pool, picks, fc.boolean(), async (rows, screens, visible) => {
        const moments = screens.map((numbers, index) =>
          at(
            index * 10,
            screenOf(
              numbers.map((number) => rows[number % rows.length] ?? []),
              { cols: 20, cursor: { Row: 0, Col: index, Visible: visible && index % 2 === 0 } },
            ),
          ),
        );
        const { recording } = await readBack(moments);
        const readGrid = createGridReader({ cursor: false });
        for (const { screen, t_ms } of moments) {
          const shown = recording.screens[recording.at(t_ms)];
          const grid = readGrid(screen);
          expect(shown?.rows.length).toBe(grid.rows);
          expect(shown?.cursor).toEqual(screen.cursor.Visible ? [0, screen.cursor.Col] : null);
          for (const [row, line] of grid.lines.entries()) {
            const glyphs = glyphsOf(recording, shown?.rows[row] ?? -1);
            expect(glyphs).toEqual(line.slice(0, glyphs.length));
            expect(line.slice(glyphs.length).every(({ text }) => text === " ")).toBe(true);
          }
        }
      }),
      { numRuns: process.env.CASSETTE_SOAK ? 3_000 : 100 },
    );
  });

  it("has each row once, however often it is shown, and knows what scrolled", async () => {
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`);
    const moments = Array.from({ length: 190 }, (_, index) =>
      at(index, screenOf(lines.slice(index, index + 10), { cols: 10 })),
    );
    const { recording, page } = await readBack(moments);
    expect(recording.rows).toHaveLength(199);
    const later = (await Promise.all(page.blocks.map(unpackBlock)))
      .flatMap(({ screens }) => screens)
      .slice(1);
    expect(later.every(({ s, r }) => s === 1 && r?.length === 1 && r[0]?.length === 2)).toBe(true);
    expect(search(recording, /line 150/)).toEqual([{ screen: 141, row: 9, text: "line 150" }]);
  });

  it("leaves out screens until the page is small enough, and says so", async () => {
    const random = Array.from({ length: 300 }, (_, index) =>
      at(index * 17, screenOf([String(Math.sin(index))], { cols: 30 })),
    );
    const screens = (fps: number) => random.filter((_, index) => index % Math.ceil(60 / fps) === 0);
    const { header } = await encodePage({ ...RECORDING, screens }, { mostBytes: 3_000 });
    expect(header.sampled).toBe("The recording is long: of its screens, at most 20 a second are here.");
    expect((await readBack(random)).page.header.sampled).toBeNull();
  });

  it("has a page of a recording without output", async () => {
    const { recording } = await readBack([]);
    expect(recording.screens).toEqual([]);
    expect(recording.at(5)).toBe(0);
  });
});
