import type { TerminalSize } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { feed } from "../../../test/feed.js";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";

type Step = string | TerminalSize;

/** What is shown after output and resizes: the rows, then where the cursor is. */
async function show(size: TerminalSize, ...steps: Step[]) {
  const emulator = createXtermEmulator(size);
  for (const step of steps) {
    if (typeof step === "string") await feed(emulator, step);
    else emulator.resize(step);
  }
  const { text, cursor } = emulator.snapshot();
  emulator.close();
  return { text, cursor: [cursor.Row, cursor.Col] };
}

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `n${from + index}`);
const log = (to: number) => lines(1, to).join("\r\n");
const SIZE = { rows: 4, cols: 10 };

describe("resizeTerminal", () => {
  it("takes rows back from the history when the screen grows", async () => {
    const { text, cursor } = await show({ rows: 8, cols: 20 }, `${log(20)}\r\n$ `, { rows: 12, cols: 20 });
    expect(text).toEqual([...lines(10, 20), "$"]);
    expect(cursor).toEqual([11, 2]);
  });

  it("does so at any cursor position", async () => {
    const { text, cursor } = await show(SIZE, `${log(9)}\x1b[2;2H`, { rows: 6, cols: 10 });
    expect(text).toEqual(lines(4, 9));
    expect(cursor).toEqual([3, 1]);
  });

  it("adds empty rows once the history is used up", async () => {
    const { text } = await show(SIZE, log(5), { rows: 7, cols: 10 });
    expect(text).toEqual([...lines(1, 5), "", ""]);
  });

  it("has 200 lines of history", async () => {
    const { text } = await show(SIZE, log(300), { rows: 250, cols: 10 });
    expect(text).toEqual([...lines(97, 300), ...Array(46).fill("")]);
  });

  it("cuts rows below the cursor before it moves rows into the history", async () => {
    const smaller = { rows: 2, cols: 10 };
    expect((await show(SIZE, "a\r\nb\r\nc\r\nd\x1b[3;1H", smaller)).text).toEqual(["b", "c"]);
    expect((await show(SIZE, "a\r\nb\r\nc\r\nd\x1b[3;1H", smaller, SIZE)).text).toEqual(["a", "b", "c", ""]);
  });

  it("wraps lines for another width and back", async () => {
    const narrow = { rows: 4, cols: 5 };
    const wrapped = await show(SIZE, "one two three\r\n$ ", narrow);
    expect(wrapped).toEqual({ text: ["one t", "wo th", "ree", "$"], cursor: [3, 2] });
    expect(await show(SIZE, "one two three\r\n$ ", narrow, SIZE)).toEqual({
      text: ["one two th", "ree", "$", ""],
      cursor: [2, 2],
    });
  });

  it("wraps the line of the cursor and keeps the cursor at its character", async () => {
    expect(await show(SIZE, "abcdefgh\x1b[3D", { rows: 4, cols: 3 })).toEqual({
      text: ["abc", "def", "gh", ""],
      cursor: [1, 2],
    });
    expect(await show({ rows: 4, cols: 3 }, "abcdefgh\x1b[1;2H", SIZE)).toMatchObject({ cursor: [0, 1] });
  });

  it("keeps the cursor's column where nothing is written", async () => {
    expect((await show(SIZE, "\x1b[2;8H", { rows: 4, cols: 20 })).cursor).toEqual([1, 7]);
    expect((await show(SIZE, "\x1b[2;8H", { rows: 4, cols: 5 })).cursor).toEqual([1, 4]);
  });

  it("keeps waiting to wrap while the row is full", async () => {
    expect((await show(SIZE, "abcdefghij", { rows: 5, cols: 10 }, "x")).text.slice(0, 2)).toEqual([
      "abcdefghij",
      "x",
    ]);
    expect((await show(SIZE, "abcdefghij", { rows: 4, cols: 5 }, "x")).text).toEqual([
      "abcde",
      "fghij",
      "x",
      "",
    ]);
    expect((await show(SIZE, "abcdefghij", { rows: 4, cols: 20 }, "x")).text[0]).toBe("abcdefghijx");
  });

  it("keeps wide characters whole and gaps empty", async () => {
    const output = "abc漢字漢字";
    expect((await show(SIZE, output, { rows: 4, cols: 4 })).text).toEqual(["abc", "漢字", "漢字", ""]);
    expect((await show(SIZE, output, { rows: 4, cols: 4 }, SIZE)).text.slice(0, 2)).toEqual([
      "abc漢字漢",
      "字",
    ]);
  });

  it("keeps marks and styles with their characters", async () => {
    const emulator = createXtermEmulator(SIZE);
    await feed(emulator, "abcde\u0301\x1b[4:3mf\x1b[m");
    emulator.resize({ rows: 4, cols: 4 });
    const { text, cells } = emulator.snapshot({ cells: true });
    expect(text.slice(0, 2)).toEqual(["abcd", "e\u0301f"]);
    expect(cells?.[1]?.slice(0, 2).map(({ Mode }) => Mode)).toEqual([0, 2]);
  });

  it("takes empty rows at the end before any row leaves a half-empty screen", async () => {
    expect((await show(SIZE, "abcdefgh\r\n$", { rows: 4, cols: 3 })).text).toEqual(["abc", "def", "gh", "$"]);
  });

  it("does not bring back rows that scrolled off the alternate screen", async () => {
    const alternate = "\x1b[?1049h\x1b[H";
    const shrunk = [`${alternate}${log(4)}`, { rows: 2, cols: 10 }, SIZE] as const;
    expect((await show(SIZE, ...shrunk)).text).toEqual(["n3", "n4", "", ""]);
    const hidden = [{ rows: 8, cols: 10 }, SIZE, `${alternate}${log(9)}`, { rows: 8, cols: 10 }] as const;
    expect((await show(SIZE, ...hidden)).text).toEqual([...lines(6, 9), "", "", "", ""]);
  });

  it("changes the normal screen while the alternate one is shown", async () => {
    const back = [`${log(9)}\x1b[?1049h\x1b[Hx`, { rows: 6, cols: 10 }, "\x1b[?1049ly"] as const;
    expect(await show(SIZE, ...back)).toEqual({ text: [...lines(4, 8), "n9y"], cursor: [5, 3] });
  });

  it("resets the margins", async () => {
    expect((await show(SIZE, "\x1b[2;3r", { rows: 5, cols: 10 }, "\x1b[5;1Ha\r\nb")).text.slice(3)).toEqual([
      "a",
      "b",
    ]);
  });

  it("leaves everything as it is when the size stays the same", async () => {
    expect((await show(SIZE, "\x1b[2;3r", SIZE, "\x1b[3;1Ha\r\nb")).text).toEqual(["", "a", "b", ""]);
  });

  it("shows a single column", async () => {
    const column = { rows: 3, cols: 1 };
    expect(await show(column, "abc")).toEqual({ text: ["a", "b", "c"], cursor: [2, 0] });
    expect((await show(column, "a漢\u0301b")).text).toEqual(["a\u0301", "b", ""]);
    expect((await show(SIZE, "abc", column)).text).toEqual(["a", "b", "c"]);
    expect((await show(column, "abc", SIZE)).text).toEqual(["abc", "", "", ""]);
    expect((await show(SIZE, "a漢b", column)).text).toEqual(["a", "", "b"]);
  });
});

describe("watchSavedCursor", () => {
  it.each([
    ["ESC 7", "\x1b7", "\x1b8"],
    ["CSI s", "\x1b[s", "\x1b[u"],
    ["mode 1048", "\x1b[?1048h", "\x1b[?1048l"],
    ["mode 1049", "\x1b[?1049h", "\x1b[?1049l"],
  ])("returns to the row of the screen after scrolling: %s", async (_name, save, restore) => {
    const scroll = save.includes("1049") ? "" : "\r\n".repeat(9);
    const { cursor } = await show(SIZE, `${log(20)}\x1b[3;5H${save}${scroll}\x1b[H${restore}`);
    expect(cursor).toEqual([2, 4]);
  });

  it.each([
    ["ESC 7", "\x1b7", "\x1b8"],
    ["mode 1049", "\x1b[?1049h", "\x1b[?1049l"],
  ])("returns to waiting to wrap: %s", async (_name, save, restore) => {
    const { text } = await show(SIZE, `abcdefghij${save}\x1b[Hx${restore}y`);
    expect(text[1]).toBe("y");
  });

  it("returns to origin mode", async () => {
    const { text } = await show(SIZE, "\x1b[2;4r\x1b[?6h\x1b7\x1b[?6l\x1b8\x1b[Hx");
    expect(text).toEqual(["", "x", "", ""]);
  });

  it("returns to the first row after a reset", async () => {
    expect((await show(SIZE, `${log(9)}\x1b7\x1b[!p\x1b8`)).cursor).toEqual([0, 0]);
    expect((await show(SIZE, `${log(9)}\x1b7\x1bc\x1b8`)).cursor).toEqual([0, 0]);
  });

  it("returns to the first row, where nothing was saved, after any change of size", async () => {
    expect((await show(SIZE, log(9), { rows: 7, cols: 10 }, "\x1b8")).cursor).toEqual([0, 0]);
  });

  it("moves with its line when the size changes", async () => {
    const grown = await show(SIZE, `${log(9)}\x1b7\x1b[H`, { rows: 6, cols: 10 }, "\x1b8");
    expect(grown.cursor).toEqual([5, 2]);
  });
});
