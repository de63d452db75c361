import { CELL_MODE } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { feed } from "../../../test/feed.js";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";

const draw = async (output: string) => {
  const emulator = createXtermEmulator({ rows: 4, cols: 5 });
  await feed(emulator, output);
  return emulator.snapshot({ cells: true });
};

describe("correctAlignmentTest", () => {
  it("fills the whole screen in origin mode, too", async () => {
    expect((await draw("\x1b[2;3r\x1b[?6h\x1b#8")).text).toEqual(["EEEEE", "EEEEE", "EEEEE", "EEEEE"]);
  });

  it("fills without style and keeps the current style", async () => {
    const { cells } = await draw("\x1b[7m\x1b#8x");
    expect(cells?.[0]?.slice(0, 2).map(({ Mode }) => Mode)).toEqual([CELL_MODE.reverse, 0]);
  });

  it("resets the margins", async () => {
    expect((await draw("\x1b[2;3r\x1b#8\x1b[4;1Ha\nb")).text).toEqual(["EEEEE", "EEEEE", "aEEEE", " b"]);
  });
});

describe("withColorSpace", () => {
  it.each(["38:2:1:2:3", "38:2::1:2:3", "38;2;1;2;3", "1;38:2:1:2:3;4"])(
    "reads %s as a true colour",
    async (sgr) => {
      const { cells } = await draw(`\x1b[${sgr}mx`);
      expect(cells?.[0]?.[0]).toMatchObject({ FG: 0x010203 });
    },
  );

  it.each(["38:5:200", "38:2:0:1:2:3", "4:3", "38:2"])("leaves %s alone", async (sgr) => {
    const { cells } = await draw(`\x1b[${sgr}mx`);
    const expected = { "38:5:200": 200, "38:2:0:1:2:3": 0x010203 }[sgr] ?? expect.any(Number);
    expect(cells?.[0]?.[0]?.FG).toEqual(expected);
  });
});
