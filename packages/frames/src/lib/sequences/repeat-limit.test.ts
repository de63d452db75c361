import { describe, expect, it } from "vitest";
import { limitRepeats } from "./repeat-limit.js";

const limited = (sequence: string, size: { rows: number; cols: number }) => {
  const rewritten = limitRepeats(Buffer.from(sequence), size);
  return rewritten && Buffer.from(rewritten).toString();
};

describe("limitRepeats", () => {
  it("keeps counts that fit the screen", () => {
    expect(limited("\x1b[80b", { rows: 4, cols: 20 })).toBeNull();
    expect(limited("\x1b[4S", { rows: 4, cols: 20 })).toBeNull();
  });

  it("repeats a character so often that the last one falls into the same column", () => {
    expect(limited(`\x1b[${204 * 20 + 201}b`, { rows: 4, cols: 20 })).toBe(`\x1b[${204 * 20 + 1}b`);
    expect(limited("\x1b[999b", { rows: 2, cols: 1 })).toBe("\x1b[202b");
  });

  it("takes no more than a screen with its history and a round, whatever the count", () => {
    const count = Number(/\d+/.exec(limited("\x1b[999999999999b", { rows: 24, cols: 80 }) ?? "")?.[0]);
    expect(count).toBeGreaterThanOrEqual(24 * 80);
    expect(count).toBeLessThan(224 * 80 + 80 * 40);
  });

  it("scrolls and tabulates no further than the screen goes", () => {
    expect(limited("\x1b[99S", { rows: 4, cols: 20 })).toBe("\x1b[4S");
    expect(limited("\x1b[99I", { rows: 4, cols: 20 })).toBe("\x1b[20I");
  });
});
