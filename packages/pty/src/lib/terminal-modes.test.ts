import { describe, expect, it } from "vitest";
import { createPtyDriver } from "./driver.js";
import { parseStty, readTerminalModes, START_MODES } from "./terminal-modes.js";

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

describe("START_MODES", () => {
  it("is what a program receives", async () => {
    const session = await createPtyDriver().start({ argv: ["stty", "-a"], rows: 24, cols: 80 });
    let text = "";
    for await (const { bytes } of session.output()) text += Buffer.from(bytes).toString();
    await session.close();
    expect(parseStty(text)).toEqual(START_MODES);
  });
});

describe("readTerminalModes", () => {
  it("reports an unknown state if there is no terminal", async () => {
    expect(await readTerminalModes("/dev/null")).toBe("unreadable");
    expect(await readTerminalModes("/dev/pts/none")).toBe("unreadable");
  });
});
