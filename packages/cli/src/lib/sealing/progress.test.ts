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
  it("says nothing within the first second of the work, then a tenth of a second apart", () => {
    const { time, written, line } = setUp(true);
    for (const ms of [60_000, 60_500, 60_999]) {
      time.ms = ms;
      line.update({ pass: "scanning", done: ms, total: 1_000 });
    }
    expect(written).toEqual([]);
    for (const ms of [61_000, 61_050, 61_100]) {
      time.ms = ms;
      line.update({ pass: "drawing", done: ms - 60_000, total: 2_000 });
    }
    expect(written).toEqual(["\r\x1b[KDrawing … 50 %", "\r\x1b[KDrawing … 55 %"]);
    line.clear();
    expect(written.at(-1)).toBe("\r\x1b[K");
  });

  it("prints nothing without a terminal", () => {
    const { time, written, line } = setUp(false);
    line.update({ pass: "scanning", done: 0, total: 2 });
    time.ms = 5_000;
    line.update({ pass: "scanning", done: 1, total: 2 });
    line.clear();
    expect(written).toEqual([]);
  });
});
