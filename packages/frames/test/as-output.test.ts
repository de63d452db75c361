import type { Emulator } from "@cassette/format";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createXtermEmulator } from "../src/index.js";
import { arbitraryOutput } from "./arbitrary-output.js";
import { bytes } from "./feed.js";
import { HIDDEN_STATES } from "./hidden-states.js";
import { RECORDINGS } from "./recordings.js";

const SIZE = { rows: 6, cols: 14 };
const IS_SOAK = Boolean(process.env.CASSETTE_SOAK);
const RUNS = IS_SOAK ? 20_000 : 400;

function seen(emulator: Emulator) {
  const { pendingBytes, synchronized } = emulator;
  const replies = Buffer.concat(emulator.takeReplies()).toString("latin1");
  return { screen: emulator.snapshot({ cells: true, details: true }), pendingBytes, synchronized, replies };
}

/** A new emulator that has been given the state of another as output. */
async function again(original: Emulator, size = SIZE): Promise<Emulator | null> {
  const output = (await original.asOutput?.()) ?? null;
  if (output === null) return null;
  const fresh = createXtermEmulator(size);
  await fresh.feed(output);
  // What is asked of a terminal while its state is written is asked for nothing.
  expect(fresh.takeReplies()).toEqual([]);
  return fresh;
}

describe("asOutput", () => {
  it.each(HIDDEN_STATES.filter(([what]) => what !== "half a sequence"))(
    "has %s",
    async (_what, before, after) => {
      const original = createXtermEmulator(SIZE);
      await original.feed(bytes(before));
      const other = await again(original);
      for (const emulator of [original, other]) await emulator?.feed(bytes(after));
      for (const emulator of [original, other]) emulator?.resize({ rows: 5, cols: 20 });
      expect(other && seen(other)).toEqual(seen(original));
    },
  );

  it("has autowrap after a soft reset with a parameter", async () => {
    const original = createXtermEmulator(SIZE);
    await original.feed(bytes("\x1b[?7l\x1b[0!p"));
    const other = await again(original);
    for (const emulator of [original, other]) await emulator?.feed(bytes("漢".repeat(8)));
    expect(original.snapshot().text.slice(0, 2)).toEqual(["漢".repeat(7), "漢"]);
    expect(other && seen(other)).toEqual(seen(original));
  });

  it("is null inside a sequence", async () => {
    const emulator = createXtermEmulator(SIZE);
    await emulator.feed(bytes("ab\x1b[3"));
    expect(await emulator.asOutput?.()).toBeNull();
  });

  it("gives an emulator that continues like the first one, wherever it can be written", async () => {
    let written = 0;
    let all = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryOutput, arbitraryOutput, async (before, after) => {
        const original = createXtermEmulator(SIZE);
        await original.feed(before);
        original.takeReplies();
        const other = await again(original);
        all++;
        if (other === null) return;
        written++;
        expect(seen(other)).toEqual({ ...seen(original), replies: "" });
        for (const emulator of [original, other]) await emulator.feed(after);
        expect(seen(other)).toEqual(seen(original));
        for (const emulator of [original, other]) emulator.resize({ rows: 9, cols: 11 });
        expect(seen(other)).toEqual(seen(original));
      }),
      { numRuns: RUNS },
    );
    expect(written / all).toBeGreaterThan(0.5);
  });

  it.each(RECORDINGS)(
    "can be written of a real program outside of sequences: $name",
    async ({ size, events }) => {
      const emulator = createXtermEmulator(size);
      const every = Math.max(1, Math.floor(events.length / (IS_SOAK ? 200 : 6)));
      let current = size;
      for (const [index, event] of events.entries()) {
        if (event.kind === "output") await emulator.feed(event.bytes);
        else if (event.kind === "resize") {
          current = { rows: event.size.Rows, cols: event.size.Cols };
          emulator.resize(current);
        }
        if (index % every !== 0 || emulator.pendingBytes > 0) continue;
        const other = await again(emulator, current);
        expect(other && seen(other).screen).toEqual(seen(emulator).screen);
        other?.close();
      }
      emulator.close();
    },
  );
});
