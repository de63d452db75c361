import { describe, expect, it } from "vitest";
import { parseWindowSize } from "./window-size.js";

describe("parseWindowSize", () => {
  it.each([
    ["100x30", { rows: 30, cols: 100 }],
    ["100x", { rows: 24, cols: 100 }],
    ["x30", { rows: 30, cols: 80 }],
    ["500X500", { rows: 500, cols: 500 }],
    [" 080x024 ", { rows: 24, cols: 80 }],
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
