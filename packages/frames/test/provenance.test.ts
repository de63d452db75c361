import type { TerminalSize } from "@cassette/format";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createProvenance, createXtermEmulator } from "../src/index.js";
import { arbitraryCuts, arbitraryOutput, split } from "./arbitrary-output.js";
import { bytes, feed } from "./feed.js";
import { RECORDINGS } from "./recordings.js";

const SIZE = { rows: 6, cols: 14 };

async function trace(pieces: Uint8Array[], size: TerminalSize = SIZE) {
  const provenance = createProvenance(size);
  for (const piece of pieces) await provenance.feed(piece);
  const offsets = provenance.offsets();
  provenance.close();
  return offsets;
}

async function draw(output: Uint8Array, size: TerminalSize = SIZE) {
  const emulator = createXtermEmulator(size);
  await feed(emulator, output);
  const { cells = [] } = emulator.snapshot({ cells: true });
  emulator.close();
  return cells;
}

/** Every cell with visible text has an offset, and at the offset is that text. */
async function expectTraced(output: Uint8Array, size: TerminalSize = SIZE) {
  const [cells, offsets] = [await draw(output, size), await trace([output], size)];
  for (const [row, line] of cells.entries()) {
    for (const [col, { Char }] of line.entries()) {
      const offset = offsets[row]?.[col] ?? null;
      if (Char > 0x20 && Char < 0x7f && offset !== null)
        expect([row, col, output[offset]]).toEqual([row, col, Char]);
      if (Char > 0x20) expect([row, col, offset]).toEqual([row, col, expect.any(Number)]);
    }
  }
}

describe("createProvenance", () => {
  it("names the first byte of the character in each cell", async () => {
    const offsets = await trace([bytes("ab\x1b[31mc\r\n漢e\u0301 \x1b[2;6H!\x1b[1;2H\x1b[X")]);
    expect(offsets[0]?.slice(0, 4)).toEqual([0, null, 7, null]);
    expect(offsets[1]?.slice(0, 7)).toEqual([10, 10, 13, 16, null, 23, null]);
  });

  it("follows text that scrolls, is shifted by an insertion, or is repeated", async () => {
    expect((await trace([bytes("a\n\rb\x1b[3b\x1b[1G\x1b[2@")]))[1]?.slice(0, 6)).toEqual([
      null,
      null,
      3,
      3,
      3,
      3,
    ]);
    expect((await trace([bytes("abcdefghijklmno".repeat(6))]))[0]?.[0]).toBe(14);
  });

  it("is not misled by sequences that restore colours", async () => {
    const output = bytes("\x1b[31m\x1b7ab\x1b[44m\x1b8c\x1b[0md\x1b[3;3Hx");
    const offsets = await trace([output]);
    expect(offsets[0]?.slice(0, 3)).toEqual([output.indexOf(0x63), output.indexOf(0x64), null]);
    expect(offsets[2]?.[2]).toBe(output.indexOf(0x78));
  });

  it("gives the letters of an alignment test no offset", async () => {
    expect((await trace([bytes("x\x1b#8")]))[0]?.[0]).toBe(null);
  });

  it("gives the same offsets however the bytes are split", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryOutput, arbitraryCuts, async (output, cuts) => {
        expect(await trace(split(output, cuts))).toEqual(await trace([output]));
      }),
      { numRuns: process.env.CASSETTE_SOAK ? 5_000 : 200 },
    );
  });

  it.each(
    RECORDINGS.filter(({ events }) => events.every(({ kind }) => kind !== "resize")).map(
      (r) => [r.name, r] as const,
    ),
  )("knows every letter's byte: %s", async (_name, { output, size }) => {
    await expectTraced(output, size);
  });

  it.each(RECORDINGS.slice(0, 12).map((recording) => [recording.name, recording] as const))(
    "names the byte that changes the cell: %s",
    async (_name, { output, size }) => {
      const [cells, offsets] = [await draw(output, size), await trace([output], size)];
      const letters = cells.flatMap((line, row) =>
        line.flatMap((cell, col) => (isLetter(cell.Char) ? [[row, col] as const] : [])),
      );
      for (const [row, col] of letters.filter((_, index) => index % Math.ceil(letters.length / 10) === 0)) {
        const offset = offsets[row]?.[col] ?? Number.NaN;
        const changed = output.slice();
        changed[offset] = 0x23;
        expect((await draw(changed, size))[row]?.[col]?.Char).toBe(0x23);
      }
    },
  );
});

const isLetter = (code: number) => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
