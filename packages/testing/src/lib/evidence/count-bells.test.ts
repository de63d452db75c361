import { describe, expect, it } from "vitest";
import { countBells } from "./count-bells.js";

const CASES: [output: string, rings: number][] = [
  ["a\x07b\x07", 2],
  ["\x1b]0;title\x07", 0],
  ["\x1b]0;title\x1b\\\x07", 1],
  ["\x1bPdata\x07more\x1b\\", 0],
  ["\x1b_apc\x07\x1b\\\x07", 1],
  ["\x1b[3\x071m", 1],
  ["\x1b]0;broken\x18\x07", 1],
  ["\u009d0;title\x07\x07", 1],
  ["\u0090data\x07\u009c\x07", 1],
  ["\x1b]0;caf\u00a9\x07\x07", 1],
  ["\x1b\x07", 1],
];

describe("countBells", () => {
  it.each(CASES)("counts in %j %i bells", (output, rings) => {
    expect(countBells()(Buffer.from(output))).toBe(rings);
  });

  it.each(CASES)("counts in %j, byte by byte, %i bells", (output, rings) => {
    const listen = countBells();
    const pieces = [...Buffer.from(output)].map((byte) => listen(Uint8Array.of(byte)));
    expect(pieces.reduce((sum, rung) => sum + rung, 0)).toBe(rings);
  });
});
