import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createXtermEmulator } from "../src/index.js";
import { arbitraryCuts, arbitraryOutput, split } from "./arbitrary-output.js";
import { feed } from "./feed.js";

const SIZE = { rows: 6, cols: 14 };
const RUNS = process.env.CASSETTE_SOAK ? 50_000 : 5_000;

async function state(pieces: Uint8Array[]) {
  const emulator = createXtermEmulator(SIZE);
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
      fc.asyncProperty(arbitraryOutput, arbitraryCuts, async (output, cuts) => {
        expect(await state(split(output, cuts))).toEqual(await state([output]));
      }),
      { numRuns: RUNS },
    );
  });

  it("leaves out wide characters that have no room when text does not wrap", async () => {
    const output = new TextEncoder().encode("\x1b[?7labcdefghijkl漢漢漢\x1b[?7h");
    expect((await state(split(output, []))).screen.text[0]).toBe("abcdefghijkl漢");
    expect((await state([output])).screen.text[0]).toBe("abcdefghijkl漢");
  });

  it("keeps a character whole whose bytes come apart", async () => {
    const output = new TextEncoder().encode("a—b"); // The library alone loses characters with a byte 0x80 here.
    expect((await state(split(output, []))).screen.text[0]).toBe("a—b");
  });
});
