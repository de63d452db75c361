import { createRequire } from "node:module";
import { inspect } from "node:util";
import { CELL_COLOR, CELL_MODE } from "@cassette/format";
import { Terminal } from "@xterm/headless/lib-headless/xterm-headless.mjs";
import { describe, expect, it, vi } from "vitest";
import { bytes, feed } from "../../../test/feed.js";
import { XTERM_IDENTITY } from "../xterm/identity.js";
import { createXtermEmulator } from "./xterm-emulator.js";

const draw = async (text: string, { rows = 4, cols = 20 } = {}) => {
  const emulator = createXtermEmulator({ rows, cols });
  await feed(emulator, text);
  return emulator.snapshot({ cells: true });
};

describe("createXtermEmulator", () => {
  it("names the installed version and the number of the corrections", () => {
    const { version } = createRequire(import.meta.url)("@xterm/headless/package.json");
    expect(XTERM_IDENTITY).toEqual({ name: "@xterm/headless", version: `${version}+3` });
  });

  it("draws one string a row and trims spaces, but nothing else, from its end", async () => {
    const { text } = await draw("one  \r\n  two\u00a0 \r\n\x1b[44m   ");
    expect(text).toEqual(["one", "  two\u00a0", "", ""]);
  });

  it("keeps grapheme clusters whole", async () => {
    const { text } = await draw("e\u0301 👩\u200d👧 한글 \u{1F1E9}\u{1F1EA}|");
    expect(text[0]).toBe("e\u0301 👩\u200d👧 한글 \u{1F1E9}\u{1F1EA}|");
  });

  it("gives wide glyphs two cells", async () => {
    const { cells, cursor } = await draw("漢x");
    const [head, tail, next] = cells?.[0] ?? [];
    expect(head).toMatchObject({ Char: 0x6f22, Mode: CELL_MODE.wideHead });
    expect(tail).toMatchObject({ Char: 0, Mode: CELL_MODE.wideTail });
    expect(next).toMatchObject({ Char: 0x78, Mode: 0 });
    expect(cursor.Col).toBe(3);
  });

  it.each([
    ["\x1b[1m", { Mode: CELL_MODE.bold }],
    ["\x1b[2m", { Mode: CELL_MODE.dim }],
    ["\x1b[3m", { Mode: CELL_MODE.italic }],
    ["\x1b[4m", { Mode: CELL_MODE.underline }],
    ["\x1b[5m", { Mode: CELL_MODE.blink }],
    ["\x1b[7m", { Mode: CELL_MODE.reverse }],
    ["\x1b[8m", { Mode: CELL_MODE.hidden }],
    ["\x1b[9m", { Mode: CELL_MODE.strike }],
    ["\x1b[31m", { FG: 1 }],
    ["\x1b[91m", { FG: 9 }],
    ["\x1b[42m", { BG: 2 }],
    ["\x1b[38;5;200m", { FG: 200 }],
    ["\x1b[38;2;0;0;7m", { FG: 7, Mode: CELL_MODE.fgRgb }],
    ["\x1b[48;2;1;2;3m", { BG: 0x010203, Mode: CELL_MODE.bgRgb }],
  ])("writes the cell of %j in the numbers of the wire", async (sgr, expected) => {
    const { cells } = await draw(`${sgr}x`);
    const plain = { Char: 0x78, Mode: 0, FG: CELL_COLOR.defaultForeground, BG: CELL_COLOR.defaultBackground };
    expect(cells?.[0]?.[0]).toEqual({ ...plain, ...expected });
  });

  it("marks rows that continue on the next", async () => {
    const { cells } = await draw("abcdef\r\nab", { rows: 4, cols: 4 });
    expect(cells?.map((row) => row.at(-1)?.Mode)).toEqual([CELL_MODE.wrappedRow, 0, 0, 0]);
  });

  it("shows the cursor on the last column while it waits to wrap", async () => {
    expect((await draw("abcd", { cols: 4 })).cursor).toEqual({ Row: 0, Col: 3, Visible: true });
  });

  it("knows whether the cursor is visible", async () => {
    const visible = async (text: string) => (await draw(text)).cursor.Visible;
    expect(await visible("\x1b[?25l")).toBe(false);
    expect(await visible("\x1b[?12;25l\x1b[?25h")).toBe(true);
    expect(await visible("\x1b[?25l\x1bc")).toBe(true);
    expect(await visible("\x1b[?25l\x1b[!p")).toBe(true);
  });

  it("knows the title and the alternate screen", async () => {
    const { title, alternate } = await draw(
      "\x1b[22;2t\x1b]2;first\x07\x1b[22;2t\x1b]0;second\x1b\\\x1b[23;2t\x1b[?1049h",
    );
    expect({ title, alternate }).toEqual({ title: "first", alternate: true });
    expect((await draw("\x1b[?1049h\x1b[?1049l")).alternate).toBe(false);
  });

  it("draws a blank for the underscore of the line-drawing set", async () => {
    expect((await draw("\x1b(0q_q\x1b(B_")).text[0]).toBe("─ ─_");
  });

  it("tabulates back from the end of a full row", async () => {
    expect((await draw("abcdefghijklmnopqrst\x1b[Zx")).text[0]).toBe("abcdefghijklmnopxrst");
  });

  it("has the same margins and tab stops on both screens", async () => {
    expect((await draw("\x1b[?1049h\x1b[1;2r\x1b[?1049l\x1b[2Ha\nb")).text.slice(0, 3)).toEqual([
      "a",
      " b",
      "",
    ]);
    expect((await draw("\x1b[?47h\x1b[3g\x1b[1;4H\x1bH\x1b[?47l\x1b[H\tx")).text[0]).toBe("   x");
  });

  it("changes its size", async () => {
    const emulator = createXtermEmulator({ rows: 3, cols: 10 });
    await feed(emulator, "hello");
    emulator.resize({ rows: 2, cols: 5 });
    expect(emulator.snapshot()).toMatchObject({ size: { Rows: 2, Cols: 5 }, text: ["hello", ""] });
  });

  it.each(["\x1b[1J", "\x1b[?1J", "\x1b[01;5J", "\u009b1J"])(
    "survives %j at the end of the screen",
    async (erase) => {
      const emulator = createXtermEmulator({ rows: 3, cols: 4 });
      await feed(emulator, "\x1b#8\x1b[3;4H", erase, "x");
      expect(emulator.snapshot().text).toEqual(["", "", "   x"]);
    },
  );

  it("wraps the lines of a full screen again when it becomes narrower", async () => {
    const emulator = createXtermEmulator({ rows: 3, cols: 4 });
    await feed(emulator, "\x1b#8\x1b[3;4Hx");
    emulator.resize({ rows: 3, cols: 2 });
    expect(emulator.snapshot().text.map((row) => row.length)).toEqual([2, 2, 2]);
  });

  it.each([
    [0, 80],
    [24, 0],
    [1001, 80],
    [24.5, 80],
    [1000, 1000],
  ])("refuses %d rows and %d columns", (rows, cols) => {
    expect(() => createXtermEmulator({ rows, cols })).toThrow(
      expect.objectContaining({ code: "CASSETTE_SIZE_INVALID" }),
    );
  });

  it("reports when synchronised output is active", async () => {
    const emulator = createXtermEmulator({ rows: 3, cols: 10 });
    await feed(emulator, "\x1b[?2026h");
    expect(emulator.synchronized).toBe(true);
    await feed(emulator, "\x1b[?2026l");
    expect(emulator.synchronized).toBe(false);
  });

  describe("when the library throws", () => {
    const broken = async () => {
      const emulator = createXtermEmulator({ rows: 2, cols: 20 });
      await feed(emulator, "before");
      emulator.snapshot();
      const write = vi.spyOn(Terminal.prototype, "write").mockImplementationOnce(() => {
        throw new Error("the program's own secret");
      });
      const failure = await emulator.feed(bytes("secret\x1b[H")).catch((error: unknown) => error);
      write.mockRestore();
      return { emulator, failure };
    };

    it("reports the failure without quoting the output", async () => {
      const { failure } = await broken();
      expect(failure).toMatchObject({ code: "CASSETTE_EMULATOR_FAILED" });
      expect(inspect(failure)).not.toContain("secret");
    });

    it("stops drawing and still shows the last screen", async () => {
      const { emulator, failure } = await broken();
      await expect(emulator.feed(bytes("after"))).rejects.toBe(failure);
      expect(() => emulator.resize({ rows: 3, cols: 30 })).toThrowError(failure as Error);
      expect(emulator.checkpoint?.()).toBeNull();
      expect(emulator.snapshot()).toMatchObject({ size: { Rows: 2, Cols: 20 }, text: ["before", ""] });
      expect(emulator.takeReplies()).toEqual([]);
      emulator.close();
    });
  });
});
