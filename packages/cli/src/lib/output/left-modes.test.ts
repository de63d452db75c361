import { describe, expect, it } from "vitest";
import { createLeftModes } from "./left-modes.js";

function restored(...pieces: string[]): string {
  const modes = createLeftModes();
  for (const piece of pieces) modes.watch(Buffer.from(piece));
  return modes.restore();
}

describe("createLeftModes", () => {
  it("leaves a terminal alone that the program left as it was", () => {
    expect(restored("\x1b[?1049h\x1b[?25l\x1b[?2004h text \x1b[?2004l\x1b[?25h\x1b[?1049l")).toBe("");
    expect(restored("plain \x1b[31mred")).toBe("");
  });

  it("switches off what was left on, and on what was left off", () => {
    expect(restored("\x1b[?1049h\x1b[?1000;1006h\x1b[?25l")).toBe(
      "\x1b[?1049l\x1b[?1000l\x1b[?1006l\x1b[?25h\x1b[m",
    );
  });

  it("takes back keyboards that were pushed, and the keypad", () => {
    expect(restored("\x1b[>1u\x1b[>5u\x1b[<u\x1b=")).toBe("\x1b[<1u\x1b>\x1b[m");
  });

  it("knows a sequence in any pieces", () => {
    expect(restored(..."\x1b[?1049h")).toBe("\x1b[?1049l\x1b[m");
    expect(restored("\x1b[?10", "49h", "\x1b", "[?1049l")).toBe("");
  });
});
