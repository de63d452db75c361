import { describe, expect, it } from "vitest";
import { formatOf } from "./formats.js";
import { parseCount, parsePixels, parseRange, parseRate } from "./picture-arguments.js";

const usage = expect.objectContaining({ code: "CASSETTE_USAGE" });

describe("parseRange", () => {
  it("counts from 1 and includes both ends", () => {
    expect(parseRange("3-10")).toEqual({ start: 2, count: 8 });
    expect(parseRange("3")).toEqual({ start: 2, count: 1 });
    expect(parseRange("3-")).toEqual({ start: 2, count: Number.POSITIVE_INFINITY });
  });

  it.each(["", "0-3", "3-2", "-3", "a", "1-2-3"])("refuses %j", (text) => {
    expect(() => parseRange(text)).toThrow(usage);
  });
});

describe("numbers of pictures", () => {
  it("have limits", () => {
    expect([parseRate("0.5"), parseCount("3"), parsePixels("0")]).toEqual([0.5, 3, 0]);
    for (const refused of [
      () => parseRate("51"),
      () => parseCount("0"),
      () => parsePixels(""),
      () => parsePixels("x"),
    ])
      expect(refused).toThrow(usage);
  });
});

describe("formatOf", () => {
  it("takes the option, then the ending", () => {
    expect(formatOf("a.SVG", undefined)).toBe("svg");
    expect(formatOf("a.svg", "gif")).toBe("gif");
    expect([formatOf("a.cast", undefined), formatOf("a.cassette", undefined)]).toEqual([
      "asciicast-v2",
      "cassette",
    ]);
    expect(() => formatOf("a.bmp", undefined)).toThrow(usage);
  });
});
