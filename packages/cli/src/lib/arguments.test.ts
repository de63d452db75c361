import { describe, expect, it } from "vitest";
import { parseTermName } from "./arguments.js";

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
