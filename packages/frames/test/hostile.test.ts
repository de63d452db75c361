import { describe, expect, it } from "vitest";
import { createXtermEmulator } from "../src/index.js";
import { bytes, feed } from "./feed.js";
import { HOSTILE_INPUTS } from "./hostile-inputs.js";

describe("createXtermEmulator", () => {
  // Unguarded, the first of these takes minutes and gigabytes: the time limit of a test is what fails it.
  it.each(Object.entries(HOSTILE_INPUTS))("survives %s", async (_name, make) => {
    const emulator = createXtermEmulator({ rows: 24, cols: 80 });
    const output = bytes(make());
    for (let at = 0; at < output.length; at += 65_536) await feed(emulator, output.subarray(at, at + 65_536));
    const { text, title } = emulator.snapshot();
    expect(Math.max(...text.map((row) => row.length))).toBeLessThanOrEqual(80 * 32);
    expect(title.length).toBeLessThanOrEqual(4_096);
    await feed(emulator, "\x18\x1bcright");
    expect(emulator.snapshot().text.slice(0, 2)).toEqual(["right", ""]);
    expect(emulator.pendingBytes).toBe(0);
  });

  it("keeps a sequence whose count has a visible effect", async () => {
    const emulator = createXtermEmulator({ rows: 3, cols: 5 });
    await feed(emulator, "x\x1b[14b");
    expect(emulator.snapshot().text).toEqual(["xxxxx", "xxxxx", "xxxxx"]);
  });

  it("keeps thirty-one marks and no more", async () => {
    const emulator = createXtermEmulator({ rows: 1, cols: 5 });
    await feed(emulator, `a${"\u0301".repeat(20)}`, `${"\u0301".repeat(20)}b`);
    expect(emulator.snapshot().text).toEqual([`a${"\u0301".repeat(31)}b`]);
  });

  it("counts the bytes that wait, cut or not", async () => {
    const emulator = createXtermEmulator({ rows: 1, cols: 5 });
    await feed(emulator, "ab\x1b]2;", "x".repeat(100_000), "é".slice(0, 1), Uint8Array.of(0xc3));
    expect(emulator.pendingBytes).toBe(4 + 100_000 + 2 + 1);
  });
});
