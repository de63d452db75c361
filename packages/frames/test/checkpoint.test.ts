import type { Emulator } from "@cassette/format";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createXtermEmulator } from "../src/index.js";
import { arbitraryOutput } from "./arbitrary-output.js";
import { bytes } from "./feed.js";

const SIZE = { rows: 6, cols: 14 };

function seen(emulator: Emulator) {
  const { pendingBytes, synchronized } = emulator;
  const replies = Buffer.concat(emulator.takeReplies()).toString("latin1");
  return { screen: emulator.snapshot({ cells: true }), pendingBytes, synchronized, replies };
}

/** What leaves no trace at once, or not all of it, and what shows it. */
const HIDDEN: [what: string, before: string, after: string][] = [
  ["the saved cursor", "\x1b[3;5H\x1b7\x1b[H", "\x1b8x"],
  ["the saved style", "\x1b[31m\x1b7\x1b[m", "\x1b8x"],
  ["the saved character set", "\x1b(0\x1b7\x1b(B", "\x1b8q"],
  ["the character set", "\x1b(0", "q"],
  ["the other character set", "\x1b)0", "\x0eq"],
  ["the shift to the other character set", "\x0e", "\x1b)0q"],
  ["the margins", "\x1b[2;3r\x1b[3;1H", "a\nb\x1b[2;1H\x1bMc"],
  ["tab stops", "\x1b[5G\x1bH\x1b[1G", "\tx"],
  ["origin mode", "\x1b[2;4r\x1b[?6h", "\x1b[Hx"],
  ["no autowrap", "\x1b[?7l", "abcdefghijklmnopqrst漢"],
  ["insertion", "abc\x1b[4h", "\x1b[1Gx"],
  ["new lines at LF", "\x1b[20h", "a\nb"],
  ["the style", "\x1b[31;44m", "x"],
  ["the style of underlines", "\x1b[4:3m", "x"],
  ["protection", 'ab\x1b[1"q', 'c\x1b[0"qd\x1b[1G\x1b[?K'],
  ["kept titles", "\x1b]2;a\x07\x1b[22t\x1b]2;b\x07", "\x1b[23t"],
  ["the character to repeat", "x", "\x1b[3b"],
  ["the letter for a mark", "e", "\u0301x"],
  ["the screen below the alternate one", "a\x1b[?1049hb", "\x1b[?1049lc"],
  ["the cursor that waits to wrap", "abcdefghijklmn", "x"],
  ["rows that continue", "abcdefghijklmnop", ""],
  ["the hidden cursor", "\x1b[?25l", "x"],
  ["half a sequence", "\x1b[3", "1mx"],
  ["heaps of marks", `e${"\u0301".repeat(30)}`, "\u0301\u0301\u0301"],
  ["the mouse", "\x1b[?1003h\x1b[?1006h", "\x1b[?1003$p\x1b[?1006$p"],
  ["other modes", "\x1b[?2004h\x1b[?1h", "\x1b[?2004$p\x1b[?1$p"],
];

describe("checkpoint", () => {
  it.each(HIDDEN)("has %s", async (_what, before, after) => {
    const [original, fresh] = [createXtermEmulator(SIZE), createXtermEmulator(SIZE)];
    await original.feed(bytes(before));
    const restored = original.checkpoint?.()?.restore();
    for (const emulator of [original, fresh]) await emulator.feed(bytes(after));
    await restored?.feed(bytes(after));
    for (const emulator of [original, restored, fresh]) emulator?.resize({ rows: 5, cols: 20 });
    const expected = seen(original);
    expect(restored && seen(restored)).toEqual(expected);
    expect(seen(fresh)).not.toEqual(expected);
  });

  it("restores an emulator that continues like the first one", async () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    const size = fc.record({ rows: fc.integer({ min: 1, max: 9 }), cols: fc.integer({ min: 2, max: 20 }) });
    await fc.assert(
      fc.asyncProperty(
        arbitraryOutput,
        arbitraryOutput,
        place,
        fc.option(size),
        size,
        async (before, after, at, first, resized) => {
          const original = createXtermEmulator(SIZE);
          const cut = Math.floor(at * before.length);
          await original.feed(before.subarray(0, cut));
          if (first) original.resize(first);
          const checkpoint = original.checkpoint?.();
          original.takeReplies();
          for (let time = 0; time < 2; time++) {
            const restored = checkpoint?.restore();
            if (restored === undefined) throw new Error("No checkpoint.");
            if (time === 0) expect(seen(restored)).toEqual(seen(original));
            await restored.feed(before.subarray(cut));
            if (time === 0) await original.feed(before.subarray(cut));
            restored.resize(resized);
            if (time === 0) original.resize(resized);
            await restored.feed(after);
            if (time === 0) await original.feed(after);
            const { replies: _, ...screen } = seen(restored);
            const { replies: __, ...expected } = seen(original);
            expect(screen).toEqual(expected);
            restored.close();
          }
          original.close();
        },
      ),
      { numRuns: process.env.CASSETTE_SOAK ? 20_000 : 500 },
    );
  });
});
