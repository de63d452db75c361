import type { Emulator } from "@cassette/format";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryCuts, arbitraryOutput, split } from "../../../test/arbitrary-output.js";
import { bytes } from "../../../test/feed.js";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";
import { createTrailingEmulator } from "./trailing-emulator.js";

const SIZE = { rows: 4, cols: 20 };
const MIB = 1_024 * 1_024;

/** An emulator that counts what it has been fed. */
function counted() {
  const emulator = createXtermEmulator(SIZE);
  const seen = { fed: 0 };
  const counting: Emulator = {
    ...emulator,
    feed: (chunk) => {
      seen.fed += chunk.length;
      return emulator.feed(chunk);
    },
  };
  return { emulator: counting, seen };
}

/** A log of so many bytes; each line says where it begins. */
function log(length: number): Uint8Array {
  const lines = Array.from(
    { length: length / 16 },
    (_, line) => `${String(line * 16).padStart(14, ".")}\r\n`,
  );
  return bytes(lines.join(""));
}

const text = (replies: Uint8Array[]) => Buffer.concat(replies).toString("latin1");

describe("createTrailingEmulator", () => {
  it("draws nothing before the screen is read", async () => {
    const { emulator, seen } = counted();
    const trailing = createTrailingEmulator({ createEmulator: () => emulator });
    await trailing.feed(bytes("one\r\ntwo"));
    expect([seen.fed, trailing.behindBytes]).toEqual([0, 8]);
    expect((await trailing.snapshot()).text.slice(0, 2)).toEqual(["one", "two"]);
    expect([seen.fed, trailing.behindBytes]).toEqual([8, 0]);
  });

  it("has the reply as soon as a query has been fed", async () => {
    const { emulator } = counted();
    const trailing = createTrailingEmulator({ createEmulator: () => emulator });
    await trailing.feed(bytes("ab\x1b["));
    await trailing.feed(bytes("6"));
    expect(trailing.takeReplies()).toEqual([]);
    await trailing.feed(bytes("n"));
    expect(text(trailing.takeReplies())).toBe("\x1b[1;3R");
  });

  it("shows and answers the same as an emulator that is always up to date", async () => {
    const resize = fc.record({ rows: fc.integer({ min: 1, max: 6 }), cols: fc.integer({ min: 2, max: 30 }) });
    const steps = fc.array(fc.oneof(arbitraryOutput, resize), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(steps, arbitraryCuts, async (sequence, cuts) => {
        const live = createXtermEmulator(SIZE);
        const trailing = createTrailingEmulator({ createEmulator: () => createXtermEmulator(SIZE) });
        for (const step of sequence) {
          if (!(step instanceof Uint8Array)) {
            live.resize(step);
            trailing.resize(step);
            continue;
          }
          for (const piece of split(step, cuts)) {
            await Promise.all([live.feed(piece), trailing.feed(piece)]);
            expect(text(trailing.takeReplies())).toBe(text(live.takeReplies()));
          }
        }
        expect(await trailing.snapshot({ cells: true })).toEqual(live.snapshot({ cells: true }));
        live.close();
        trailing.close();
      }),
      { numRuns: process.env.CASSETTE_SOAK ? 20_000 : 250 },
    );
  });

  it("keeps a copy of what it is fed", async () => {
    const trailing = createTrailingEmulator({ createEmulator: () => counted().emulator });
    const chunk = bytes("kept");
    await trailing.feed(chunk);
    chunk.fill(0x78);
    expect((await trailing.snapshot()).text[0]).toBe("kept");
  });

  it("never lags far where output cannot be read again", async () => {
    const { emulator, seen } = counted();
    const trailing = createTrailingEmulator({ createEmulator: () => emulator });
    const output = log(10 * MIB);
    for (let at = 0; at < output.length; at += 65_536) {
      await trailing.feed(output.subarray(at, at + 65_536));
      expect(trailing.behindBytes).toBeLessThanOrEqual(8 * MIB);
    }
    expect(seen.fed).toBeGreaterThan(0);
  });

  it("reads the output again, once, when it no longer has it in memory", async () => {
    const { emulator, seen } = counted();
    const output = log(12 * MIB);
    const ranges: number[][] = [];
    const reread = function* (start: number, end: number) {
      ranges.push([start, end]);
      yield output.subarray(start, start + 3);
      yield output.subarray(start + 3, end);
    };
    const trailing = createTrailingEmulator({ createEmulator: () => emulator, reread });
    for (const piece of [output.subarray(0, 5), output.subarray(5, 9 * MIB), output.subarray(9 * MIB)]) {
      for (let at = 0; at < piece.length; at += 65_536) await trailing.feed(piece.subarray(at, at + 65_536));
    }
    trailing.resize({ rows: 2, cols: 20 });
    await trailing.feed(bytes("end"));
    expect(seen.fed).toBe(0);
    const screen = await trailing.snapshot();
    expect(screen.text).toEqual([String(output.length - 16).padStart(14, "."), "end"]);
    expect(seen.fed).toBe(output.length + 3);
    expect(ranges).toHaveLength(1);
    expect(ranges[0]?.[0]).toBe(0);
    expect(ranges[0]?.[1]).toBeLessThanOrEqual(output.length - 6 * MIB);
  });

  it("fails, and keeps failing, when the bytes cannot be read again", async () => {
    const trailing = createTrailingEmulator({
      createEmulator: () => counted().emulator,
      reread: () => [new Uint8Array(1)],
    });
    await trailing.feed(log(9 * MIB));
    for (let time = 0; time < 2; time++)
      await expect(trailing.snapshot()).rejects.toMatchObject({ code: "CASSETTE_ARTIFACT_CHANGED" });
  });

  it("refuses a size that cannot be drawn at once", () => {
    expect(() =>
      createTrailingEmulator({ createEmulator: () => counted().emulator }).resize({ rows: 0, cols: 1 }),
    ).toThrowError(expect.objectContaining({ code: "CASSETTE_SIZE_INVALID" }));
  });
});
