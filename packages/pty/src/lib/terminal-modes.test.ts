import { describe, expect, it } from "vitest";
import { parseStty, readTerminalModes } from "./terminal-modes.js";

describe("parseStty", () => {
  it.each([
    ["isig icanon iexten echo echoe echok -echonl", { canonical: true, echo: true }],
    ["isig icanon iexten -echo echoe echok", { canonical: true, echo: false }],
    ["-isig -icanon -iexten -echo echoe", { canonical: false, echo: false }],
    ["lflags: icanon isig iexten echo echoe -echok", { canonical: true, echo: true }],
    ["echoe echok -echonl", null],
    ["", null],
  ])("reads %j", (text, modes) => {
    expect(parseStty(text)).toEqual(modes);
  });
});

describe("readTerminalModes", () => {
  it("says that it does not know where there is no terminal", async () => {
    expect(await readTerminalModes("/dev/null")).toBeNull();
    expect(await readTerminalModes("/dev/pts/none")).toBeNull();
  });
});
