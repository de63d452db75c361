import { CELL_MODE, graphemesByColumn, type Screen } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { feed } from "../../../test/feed.js";
import { RECORDINGS } from "../../../test/recordings.js";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";
import { WIDTH_POLICIES, xtermIdentity } from "../xterm/identity.js";
import { ansiText } from "./ansi-text.js";
import { frameDiff } from "./frame-diff.js";
import { plainText } from "./plain-text.js";

const draw = async (output: string | Uint8Array, size = { rows: 4, cols: 20 }) => {
  const emulator = createXtermEmulator(size);
  await feed(emulator, output);
  const screen = emulator.snapshot({ cells: true });
  emulator.close();
  return screen;
};

/** Colours as they can be seen: a space has no foreground. */
const visibleColors = ({ cells }: Screen) =>
  cells?.map((row) =>
    row.map(({ Char, Mode, FG, BG }) =>
      Char === 0x20 && (Mode & ~CELL_MODE.wrappedRow) === 0 ? [BG] : [FG, BG],
    ),
  );

describe("plainText", () => {
  it("joins the rows, without the empty ones at the end", async () => {
    expect(plainText(await draw("a\r\n\r\n  b"))).toBe("a\n\n  b");
    expect(plainText(await draw(""))).toBe("");
  });
});

describe("ansiText", () => {
  it("writes styles where they change and ends each line plain", async () => {
    expect(ansiText(await draw("a\x1b[1;31mb\x1b[38;2;1;2;3mc\x1b[m d\r\n\x1b[44m \x1b[m"))).toBe(
      "a\x1b[0;1;31mb\x1b[0;1;38;2;1;2;3mc\x1b[0m d\n\x1b[0;44m \x1b[0m",
    );
  });

  it("keeps clusters whole and wide glyphs in their columns", async () => {
    expect(ansiText(await draw("漢e\u0301\x1b[4m字\x1b[mx"))).toBe("漢e\u0301\x1b[0;4m字\x1b[0mx");
  });

  it("is plain text without cells", async () => {
    const { cells: _, ...screen } = await draw("\x1b[31ma");
    expect(ansiText(screen)).toBe("a");
  });

  it.each(RECORDINGS.map((recording) => [recording.name, recording] as const))(
    "draws the same screen again: %s",
    async (_name, { size, output }) => {
      const screen = await draw(output, size);
      const again = await draw(ansiText(screen).replaceAll("\n", "\r\n"), size);
      expect(again.text).toEqual(screen.text);
      expect(visibleColors(again)).toEqual(visibleColors(screen));
    },
  );
});

describe("graphemesByColumn", () => {
  it("keeps emoji of several code points apart, whether they have a cell or several", async () => {
    const family = "👩\u200d👩";
    for (const widths of WIDTH_POLICIES) {
      const emulator = createXtermEmulator({ rows: 1, cols: 12 }, xtermIdentity(widths));
      await emulator.feed(new TextEncoder().encode(`${family}${family}🇩🇩`));
      const { cells, text } = emulator.snapshot({ cells: true });
      const clusters = graphemesByColumn(cells?.[0] ?? [], text[0] ?? "").filter((cluster) =>
        cluster?.trim(),
      );
      emulator.close();
      const expected = [family, family, "🇩🇩"];
      expect(clusters).toEqual(
        widths === "graphemes" ? expected : ["👩\u200d", "👩", "👩\u200d", "👩", "🇩", "🇩"],
      );
    }
  });

  it("prefers the cells where they and the text differ", async () => {
    const { cells } = await draw("ab");
    expect(graphemesByColumn(cells?.[0]?.slice(0, 3) ?? [], "xyz")).toEqual(["a", "b", " "]);
  });
});

describe("frameDiff", () => {
  it("names the rows, the cursor and the title that changed", async () => {
    const before = await draw("one\r\ntwo\r\n\r\n");
    const after = await draw("one\r\n2\r\nnew\x1b]2;t\x07\x1b[?25l");
    expect(frameDiff(before, after)).toBe(
      "cursor row 4, column 1 → row 3, column 4, hidden\ntitle none → t\n- 2 two\n+ 2 2\n+ 3 new",
    );
    expect(frameDiff(before, before)).toBe("");
  });

  it("names rows whose colours changed", async () => {
    expect(frameDiff(await draw("\x1b[31ma"), await draw("\x1b[32ma"))).toBe("~ 1 a");
  });

  it("names a new size", async () => {
    expect(frameDiff(await draw(""), await draw("", { rows: 2, cols: 9 }))).toBe(
      "size 4 rows × 20 columns → 2 rows × 9 columns",
    );
  });
});
