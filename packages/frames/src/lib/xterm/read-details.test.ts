import { CELL_MODE } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { feed } from "../../../test/feed.js";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";

const SIZE = { rows: 3, cols: 10 };

async function detailsOf(output: string, size = SIZE) {
  const emulator = createXtermEmulator(size);
  await feed(emulator, output);
  const { details } = emulator.checkpoint?.()?.restore().snapshot({ details: true }) ?? {};
  expect(details).toEqual(emulator.snapshot({ details: true }).details);
  return details;
}

const link = (uri: string, text: string) => `\x1b]8;;${uri}\x1b\\${text}\x1b]8;;\x1b\\`;

describe("readDetails", () => {
  it("has no entry for a plain screen, and is omitted by default", async () => {
    expect(await detailsOf("\x1b[4;31mplain\x1b[m")).toEqual({
      links: [],
      underlines: [],
      cursorShape: null,
      colors: { palette: {} },
    });
    expect(createXtermEmulator(SIZE).snapshot()).not.toHaveProperty("details");
  });

  it("has links with their extents, row by row", async () => {
    const details = await detailsOf(`a${link("https://a.example/", "bcdefghijkl")} ${link("x:y", "z")}`);
    expect(details?.links).toEqual([
      { row: 0, start: 1, end: 10, uri: "https://a.example/" },
      { row: 1, start: 0, end: 2, uri: "https://a.example/" },
      { row: 1, start: 3, end: 4, uri: "x:y" },
    ]);
  });

  it("draws no underline for a link, and one where it is asked for", async () => {
    const emulator = createXtermEmulator(SIZE);
    await feed(emulator, link("x:y", "a\x1b[4mb\x1b[m"));
    const [first, second] = emulator.snapshot({ cells: true }).cells?.[0] ?? [];
    expect([first?.Mode, second?.Mode]).toEqual([0, CELL_MODE.underline]);
    await feed(emulator, "\x1b]8;;x:y\x1b\\\x1bP$qm\x1b\\");
    expect(Buffer.concat(emulator.takeReplies()).toString()).toBe("\x1bP1$r0m\x1b\\");
  });

  it("keeps links where they scroll, are erased and wrap again", async () => {
    const emulator = createXtermEmulator(SIZE);
    await feed(emulator, `${link("x:y", "abcdefgh")}\x1b[1;2H\x1b[X`);
    emulator.resize({ rows: 3, cols: 5 });
    expect(emulator.snapshot({ details: true }).details?.links).toEqual([
      { row: 0, start: 0, end: 1, uri: "x:y" },
      { row: 0, start: 2, end: 5, uri: "x:y" },
      { row: 1, start: 0, end: 3, uri: "x:y" },
    ]);
  });

  it("forgets the oldest of very many links", async () => {
    const many = Array.from({ length: 2_000 }, (_, index) => link(`x:${index}`, "a")).join("");
    const details = await detailsOf(many, { rows: 40, cols: 80 });
    expect(details?.links).toHaveLength(1_024);
    expect(details?.links.at(-1)?.uri).toBe("x:1999");
  });

  it("has kinds and colours of underlines", async () => {
    const details = await detailsOf(
      "\x1b[4:3ma\x1b[58;5;9mb\x1b[58:2:1:2:3mc\x1b[m \x1b[21md\x1b[m\x1b[4:4me\x1b[4:5mf\x1b[4:1;58;5;1mg\x1b[m",
    );
    expect(details?.underlines).toEqual([
      { row: 0, start: 0, end: 1, kind: "curly", color: null },
      { row: 0, start: 1, end: 2, kind: "curly", color: { index: 9 } },
      { row: 0, start: 2, end: 3, kind: "curly", color: { rgb: 0x010203 } },
      { row: 0, start: 4, end: 5, kind: "double", color: null },
      { row: 0, start: 5, end: 6, kind: "dotted", color: null },
      { row: 0, start: 6, end: 7, kind: "dashed", color: null },
      { row: 0, start: 7, end: 8, kind: "single", color: { index: 1 } },
    ]);
  });

  it("has the cursor's shape and the colours that were set", async () => {
    const details = await detailsOf("\x1b[5 q\x1b]4;1;#102030\x07\x1b]11;rgb:ff/ff/ff\x07");
    expect(details).toMatchObject({
      cursorShape: { shape: "bar", blinks: true },
      colors: { palette: { 1: 0x102030 }, background: 0xffffff },
    });
  });
});
