import { describe, expect, it } from "vitest";
import { createCursorCheck } from "./cursor-check.js";

const report = (row: number, col: number) => Buffer.from(`\x1b[${row};${col}R`);

describe("createCursorCheck", () => {
  it("counts columns that differ, whichever of the two answers first", () => {
    const check = createCursorCheck();
    check.answered(report(7, 3));
    check.drawn(report(1, 3));
    check.drawn(report(1, 9));
    expect(check.differences).toBe(0);
    check.answered(Buffer.concat([Buffer.from("\x1b[?62c"), report(1, 3), report(2, 5)]));
    expect(check.differences).toBe(1);
    check.drawn(report(1, 4));
    expect(check.differences).toBe(2);
  });

  it("reads nothing else as a report", () => {
    const check = createCursorCheck();
    check.drawn(Buffer.from("\x1b[0n\x1b[8;24;80t"));
    check.answered(Buffer.from("x"));
    check.drawn(report(1, 1));
    check.answered(Buffer.from("\x1b[?1;1R"));
    expect(check.differences).toBe(0);
  });
});
