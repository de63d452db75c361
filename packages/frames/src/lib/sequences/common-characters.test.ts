import { describe, expect, it } from "vitest";
import { widthOf } from "../xterm/joining-widths.js";
import { commonCharacter } from "./common-characters.js";

describe("commonCharacter", () => {
  it("skips no mark, and only whole characters", () => {
    const encoder = new TextEncoder();
    let common = 0;
    for (let code = 0xa0; code <= 0x10_ffff; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const bytes = encoder.encode(String.fromCodePoint(code));
      const length = commonCharacter(bytes, 0);
      if (length === 0) continue;
      common++;
      if (length !== bytes.length || widthOf(code) === 0) throw new Error(`U+${code.toString(16)}`);
    }
    expect(common).toBeGreaterThan(40_000);
  });

  it.each([
    [[0xe4]],
    [[0xe4, 0xb8]],
    [[0xe4, 0xb8, 0x41]],
    [[0xf0, 0x9f, 0x98]],
    [[0xc3]],
    [[0xc3, 0x41]],
    [[0xff]],
  ])("leaves %j to a closer look", (bytes) => {
    expect(commonCharacter(Uint8Array.from(bytes), 0)).toBe(0);
  });
});
