import { describe, expect, it } from "vitest";
import { formatClock, formatSeconds, parseTime } from "./time-text.js";

describe("parseMoment", () => {
  it.each([
    ["0", 0],
    ["12.5", 12_500],
    ["12.345s", 12_345],
    ["1:30", 90_000],
    ["1:02:03.5", 3_723_500],
    ["250ms", 250],
    ["2m", 120_000],
  ])("reads %s as %i ms", (text, ms) => {
    expect(parseTime(text)).toBe(ms);
  });

  it.each(["", "-1", "1:", ":30", "1:2:3:4", "soon"])("refuses %j", (text) => {
    expect(() => parseTime(text)).toThrow(expect.objectContaining({ code: "CASSETTE_USAGE" }));
  });

  it("reads what the command prints", () => {
    expect(parseTime(formatSeconds(1_234_567))).toBe(1_234_567);
    expect(parseTime(formatClock(3_723_000))).toBe(3_723_000);
    expect(parseTime(formatClock(65_000))).toBe(65_000);
  });
});
