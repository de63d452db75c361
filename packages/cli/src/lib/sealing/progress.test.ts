import { describe, expect, it } from "vitest";
import { createProgressLine } from "./progress.js";

function setUp(isTTY: boolean) {
  const time = { ms: 0 };
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) > 0 };
  const line = createProgressLine(stream as never, { monotonic: () => time.ms });
  return { time, written, line };
}

describe("createProgressLine", () => {
  it("says nothing within the first second, then a tenth of a second apart", () => {
    const { time, written, line } = setUp(true);
    for (const ms of [0, 500, 999]) {
      time.ms = ms;
      line.update({ pass: "scanning", done: ms, total: 1_000 });
    }
    expect(written).toEqual([]);
    for (const ms of [1_000, 1_050, 1_100]) {
      time.ms = ms;
      line.update({ pass: "drawing", done: ms, total: 2_000 });
    }
    expect(written).toEqual(["\r\x1b[KDrawing … 50 %", "\r\x1b[KDrawing … 55 %"]);
    line.clear();
    expect(written.at(-1)).toBe("\r\x1b[K");
  });

  it("says nothing where nobody looks", () => {
    const { time, written, line } = setUp(false);
    time.ms = 5_000;
    line.update({ pass: "scanning", done: 1, total: 2 });
    line.clear();
    expect(written).toEqual([]);
  });
});
