import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createXtermEmulator } from "../src/index.js";
import { arbitraryCuts, arbitraryOutput, split } from "./arbitrary-output.js";
import { feed } from "./feed.js";
import { RECORDINGS } from "./recordings.js";

const SIZE = { rows: 6, cols: 14 };
const arbitrarySize = fc.oneof(
  fc.constant(SIZE),
  fc.record({ rows: fc.integer({ min: 1, max: 4 }), cols: fc.integer({ min: 1, max: 9 }) }),
);
const RUNS = process.env.CASSETTE_SOAK ? 50_000 : 1_500;

async function state(pieces: Uint8Array[], size = SIZE) {
  const emulator = createXtermEmulator(size);
  await feed(emulator, ...pieces);
  const { pendingBytes, synchronized } = emulator;
  const seen = { screen: emulator.snapshot({ cells: true }), pendingBytes, synchronized };
  const replies = Buffer.concat(emulator.takeReplies()).toString("latin1");
  emulator.close();
  return { ...seen, replies };
}

describe("createXtermEmulator", () => {
  it("shows the same however the bytes are split", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryOutput, arbitraryCuts, arbitrarySize, async (output, cuts, size) => {
        expect(await state(split(output, cuts), size)).toEqual(await state([output], size));
      }),
      { numRuns: RUNS },
    );
  });

  it.each(RECORDINGS.map((recording) => [recording.name, recording] as const))(
    "shows the same however a recording is split: %s",
    async (_name, { output, size }) => {
      const whole = await state([output], size);
      expect(await state(split(output, []), size)).toEqual(whole);
      const [cuts] = fc.sample(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 50, maxLength: 500 }),
        1,
      );
      expect(await state(split(output, cuts ?? []), size)).toEqual(whole);
    },
  );

  it.each(["7", "07", "1;7", "7;25", "7:1"])(
    "leaves out wide characters without room where text does not wrap: ?%sl",
    async (modes) => {
      const output = new TextEncoder().encode(`\x1b[?${modes}labcdefghijkl漢漢漢\x1b[?7h`);
      expect((await state(split(output, []))).screen.text[0]).toBe("abcdefghijkl漢");
      expect((await state([output])).screen.text[0]).toBe("abcdefghijkl漢");
    },
  );

  it("replaces a character that breaks off in a sequence", async () => {
    const output = Buffer.concat([Buffer.from([0x1b, 0xe2, 0x80]), Buffer.from("漢x")]);
    expect((await state(split(output, []))).screen.text[0]).toBe("漢x");
    expect((await state([output])).screen.text[0]).toBe("漢x");
  });

  it("keeps a character whole whose bytes arrive separately", async () => {
    const output = new TextEncoder().encode("a—b"); // The library alone loses characters with a byte 0x80 here.
    expect((await state(split(output, []))).screen.text[0]).toBe("a—b");
  });
});
