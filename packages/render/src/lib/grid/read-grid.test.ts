import { CELL_MODE } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { screenOf, withDetails } from "../../../test/screen.js";
import { BACKGROUND, CURSOR, FOREGROUND, rgbColor } from "./color.js";
import { createGridReader } from "./read-grid.js";

const read = createGridReader({});
const firstLine = (...args: Parameters<typeof screenOf>) => read(screenOf(...args)).lines[0] ?? [];

describe("createGridReader", () => {
  it("keeps clusters whole, and covers every column once", () => {
    expect(firstLine(["a漢e\u0301👍b"]).map(({ col, width, text }) => [col, width, text])).toEqual([
      [0, 1, "a"],
      [1, 2, "漢"],
      [3, 1, "e\u0301"],
      [4, 2, "👍"],
      [6, 1, "b"],
    ]);
  });

  it("has no invisible characters, and a sign for a cell of nothing else", () => {
    const line = firstLine(["ab"], {
      text: ["\u200ea\u200b"],
      cells: [
        [
          { Char: 0x200e, Mode: 0, FG: 1, BG: 2 },
          { Char: 0x61, Mode: 0, FG: 1, BG: 2 },
        ],
      ],
    });
    expect(line.map(({ text }) => text)).toEqual(["\ufffd", "a"]);
  });

  it("gives equal looks one identity, over rows and screens", () => {
    const [bold, , other] = firstLine([[["ab", { Mode: CELL_MODE.bold }], "c"]]);
    expect(firstLine([[["x", { Mode: CELL_MODE.bold }]]])[0]?.style).toBe(bold?.style);
    expect(other?.style).not.toBe(bold?.style);
  });

  it("applies inverse video, bold as bright and true colours", () => {
    const [inverse, bright, rgb] = firstLine([
      [
        ["a", { Mode: CELL_MODE.reverse, FG: 1 }],
        ["b", { Mode: CELL_MODE.bold, FG: 1 }],
        ["c", { Mode: CELL_MODE.fgRgb, FG: 5 }],
      ],
    ]);
    expect(inverse?.style).toMatchObject({ fg: BACKGROUND, bg: 1 });
    expect(bright?.style).toMatchObject({ fg: 9, bold: true });
    expect(rgb?.style.fg).toBe(rgbColor(5));
  });

  it("draws only the background of concealed text", () => {
    const [concealed] = firstLine([
      [["s", { Mode: CELL_MODE.hidden | CELL_MODE.underline | CELL_MODE.strike, FG: 1, BG: 2 }]],
    ]);
    expect(concealed).toMatchObject({ text: " ", style: { bg: 2, underline: null, strike: false } });
  });

  it("draws with the colours that the program set", () => {
    const colors = { palette: { 1: 0x102030 }, background: 0x405060 };
    const grid = read(withDetails(screenOf([[["a", { FG: 1 }]]]), { colors }));
    expect(grid.background).toBe(rgbColor(0x405060));
    expect(grid.lines[0]?.[0]?.style).toMatchObject({ fg: rgbColor(0x102030), bg: grid.background });
  });

  it("has links to http and https only", () => {
    const uris = [
      "https://a.example/",
      "javascript:alert(1)",
      "data:text/html,x",
      "http://a b/",
      "//a.example",
    ];
    const links = uris.map((uri, col) => ({ row: 0, start: col, end: col + 1, uri }));
    const line = read(withDetails(screenOf(["abcde"]), { links })).lines[0] ?? [];
    expect(line.map(({ style }) => style.link)).toEqual(["https://a.example/", null, null, null, null]);
  });

  it("puts a block cursor into its character's style, and leaves lines apart", () => {
    const screen = screenOf(["ab"], { cursor: { Row: 0, Col: 1, Visible: true } });
    expect(read(screen).lines[0]?.[1]?.style).toMatchObject({ fg: BACKGROUND, bg: CURSOR });
    const bar = read(withDetails(screen, { cursorShape: { shape: "bar", blinks: true } }));
    expect(bar.thinCursor).toEqual({ row: 0, col: 1, width: 1, shape: "bar", color: CURSOR });
    expect(bar.lines[0]?.[1]?.style.fg).toBe(FOREGROUND);
    expect(createGridReader({ cursor: false })(screen).lines[0]?.[1]?.style.bg).toBe(BACKGROUND);
  });

  it("crops, and makes a space of half a character", () => {
    const crop = { row: 1, col: 1, rows: 1, cols: 3 };
    const grid = createGridReader({ crop })(screenOf(["xxxxx", "漢ab漢"]));
    expect([grid.rows, grid.cols]).toEqual([1, 3]);
    expect(grid.lines[0]?.map(({ col, text }) => [col, text])).toEqual([
      [0, " "],
      [1, "a"],
      [2, "b"],
    ]);
  });

  it("refuses a screen without cells", () => {
    const { cells: _, ...screen } = screenOf(["a"]);
    expect(() => read(screen)).toThrow(TypeError);
  });
});
