import { describe, expect, it } from "vitest";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";

const WANTED = { cells: true, details: true };
const SIZE = { rows: 6, cols: 20 };

/** Pieces of output that change rows in many ways. */
const PIECES = [
  "plain text ",
  "\r\n",
  "\x1b[2;3H",
  "\x1b[31mred\x1b[0m",
  "\x1b[4:3mcurly\x1b[0m",
  "e\u0301",
  "漢字",
  "\x1b[K",
  "\x1b[2J",
  "\x1b[L",
  "\x1b[M",
  "\x1b[S",
  "\x1b[?1049h",
  "\x1b[?1049l",
  "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\",
  "a line that is longer than the screen is wide",
  "\x1b[2;4r",
  "\x1b[r",
  "\x1b#8",
  "\x1bM",
];

describe("createRowReader", () => {
  it("reads the same as a terminal whose screens were not read before", async () => {
    let random = 7;
    const pick = (count: number) => {
      random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((random / 2 ** 31) * count);
    };
    for (let stream = 0; stream < 20; stream++) {
      const read = createXtermEmulator(SIZE);
      const fed: (Buffer | { rows: number; cols: number })[] = [];
      for (let step = 0; step < 40; step++) {
        const piece =
          pick(12) === 0
            ? { rows: 3 + pick(6), cols: 8 + pick(20) }
            : Buffer.from(PIECES[pick(PIECES.length)] ?? "");
        fed.push(piece);
        await apply(read, piece);
        const fresh = createXtermEmulator(SIZE);
        for (const each of fed) await apply(fresh, each);
        expect(read.snapshot(WANTED)).toEqual(fresh.snapshot(WANTED));
        fresh.close();
      }
      read.close();
    }
  });

  it("gives rows that have not changed as the same objects, where they have moved too", async () => {
    const emulator = createXtermEmulator(SIZE);
    await emulator.feed(Buffer.from("one\r\ntwo\r\nthree\r\n\r\n\r\nsix"));
    const before = emulator.snapshot(WANTED);
    await emulator.feed(Buffer.from("\r\nseven"));
    const after = emulator.snapshot(WANTED);
    expect(after.text).toEqual(["two", "three", "", "", "six", "seven"]);
    expect(after.cells?.[0]).toBe(before.cells?.[1]);
    expect(after.cells?.[5]).not.toBe(before.cells?.[5]);
    emulator.close();
  });
});

function apply(
  emulator: ReturnType<typeof createXtermEmulator>,
  piece: Buffer | { rows: number; cols: number },
) {
  if (Buffer.isBuffer(piece)) return emulator.feed(piece);
  emulator.resize(piece);
}
