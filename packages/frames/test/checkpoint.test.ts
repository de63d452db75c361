import type { Emulator } from "@cassette/format";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createXtermEmulator } from "../src/index.js";
import { arbitraryOutput } from "./arbitrary-output.js";
import { bytes } from "./feed.js";
import { HIDDEN_STATES } from "./hidden-states.js";

const SIZE = { rows: 6, cols: 14 };

function seen(emulator: Emulator) {
  const { pendingBytes, synchronized } = emulator;
  const replies = Buffer.concat(emulator.takeReplies()).toString("latin1");
  return { screen: emulator.snapshot({ cells: true }), pendingBytes, synchronized, replies };
}

describe("checkpoint", () => {
  it.each(HIDDEN_STATES)("has %s", async (_what, before, after) => {
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
