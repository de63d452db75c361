import { describe, expect, it } from "vitest";
import { parseDuration, parseTermName, parseWindowSize } from "./arguments.js";

describe("parseWindowSize", () => {
  it.each([
    ["100x30", { rows: 30, cols: 100 }],
    ["100x", { rows: 24, cols: 100 }],
    ["x30", { rows: 30, cols: 80 }],
    ["500X500", { rows: 500, cols: 500 }],
  ])("reads %s as columns and rows", (text, size) => {
    expect(parseWindowSize(text)).toEqual(size);
  });

  it.each(["", "x", "80", "80x0", "501x24", "24x501", "80x24x1", "-1x24", "8.5x24", "80 x 24"])(
    "refuses %j",
    (text) => {
      expect(() => parseWindowSize(text)).toThrow(expect.objectContaining({ code: "CASSETTE_USAGE" }));
    },
  );
});

describe("parseDuration", () => {
  it.each([
    ["200ms", 200],
    ["200", 200],
    ["1.5s", 1_500],
    ["2m", 120_000],
    ["1h", 3_600_000],
  ])("reads %s as %i ms", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(["", "ms", "-1s", "1w", "1e3", "Infinity"])("refuses %j", (text) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: "CASSETTE_USAGE" }));
  });
});

describe("parseTermName", () => {
  it.each(["xterm-256color", "screen.xterm-256color", "dumb", "iTerm2.app", "xterm+256setaf"])(
    "takes %s",
    (name) => {
      expect(parseTermName(name)).toBe(name);
    },
  );

  it.each(["", " ", "a b", "../x", "a/b", "a=b", "x\x1b[m", "x\0"])("refuses %j", (name) => {
    expect(() => parseTermName(name)).toThrow(expect.objectContaining({ code: "CASSETTE_USAGE" }));
  });
});
