import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";
import { createSanitizer } from "./sanitizer.js";
import { isAffordable, workOf, workOfResize } from "./work.js";

const LARGE = { rows: 500, cols: 500 };
const CELLS = 250_000;

/** Few bytes that make an emulator touch a whole screen, or nearly. */
const HOSTILE: Record<string, string> = {
  "alternate screens": "\x1b[?1049h\x1b[?1049l",
  "older alternate screens": "\x1b[?47h\x1b[?1047l",
  "modes in one sequence": "\x1b[?1049;47;1047h\x1b[?01049;25l",
  "erasing all": "\x1b[2J",
  "erasing below": "\x1b[H\x1b[J",
  "erasing above": "\x1b[500;499H\x1b[1J",
  "selective erasing": "\x1b[?2J",
  "inserted lines": "\x1b[H\x1b[500L",
  "deleted lines": "\x1b[H\x1b[99999M",
  "scrolling up": "\x1b[500S",
  "scrolling down": "\x1b[400T",
  "repeated characters": "x\x1b[250000b",
  resets: "\x1bc",
  "alignment tests": "\x1b#8",
  "inserted columns": "\x1b[500'}",
  "deleted columns": "\x1b[500'~",
  "columns to the left": "\x1b[500 @",
  "columns to the right": "\x1b[500 A",
  "filled rectangles": "\x1b[88$x",
  "erased rectangles": "\x1b[$z",
  "selectively erased rectangles": "\x1b[${",
  "copied rectangles": "\x1b[$v",
  "restyled rectangles": "\x1b[$r",
  "reversed rectangles": "\x1b[$t",
  "columns moved from the margin": "\x1b[G\x1b6",
  "control characters inside": "\x1b[\x01?10\x0249h\x1b[?1049l",
  "eight-bit introducers": "\u009b2J",
  "a few lines inserted": "\x1b[H\x1b[9L",
  "a few lines deleted": "\x1b[5M",
  "scrolling up a little": "\x1b[9S",
  "scrolling down a little": "\x1b[9T",
};

async function feed(text: string, size = LARGE, pieces = [text.length]) {
  const emulator = createXtermEmulator(size);
  const bytes = Buffer.from(text);
  try {
    let at = 0;
    for (const length of pieces) {
      await emulator.feed(bytes.subarray(at, at + length));
      at += length;
    }
    await emulator.feed(bytes.subarray(at));
    return null;
  } catch (error) {
    return error as { code: string; message: string };
  } finally {
    emulator.close();
  }
}

/** The screen when an emulator has stopped drawing. */
async function lastScreen(output: Uint8Array, pieceLength: number) {
  const emulator = createXtermEmulator(LARGE);
  for (let at = 0; at < output.length; at += pieceLength)
    await emulator.feed(output.subarray(at, at + pieceLength)).catch(() => {});
  const { text, cursor } = emulator.snapshot();
  emulator.close();
  return { text, cursor };
}

describe("createXtermEmulator, on output that redraws whole screens in few bytes", () => {
  const repeated = (sequence: string) => sequence.repeat(Math.ceil(131_072 / sequence.length));

  it.each(Object.entries(HOSTILE))("stops within 128 KiB: %s", (_, sequence) => {
    expect(countWork(repeated(sequence), [4_096, 1])).toMatch(/^\d+$/);
  });

  it("stops with an error that names the byte, and draws no more", async () => {
    const emulator = createXtermEmulator(LARGE);
    const code = "CASSETTE_DRAWING_TOO_COSTLY";
    const failing = emulator.feed(Buffer.from(repeated("\x1b[2J")));
    await expect(failing).rejects.toMatchObject({ code, message: expect.stringMatching(/at byte \d+ of/) });
    await expect(emulator.feed(Buffer.from("more"))).rejects.toMatchObject({ code });
    expect(() => emulator.resize({ rows: 2, cols: 2 })).toThrow(expect.objectContaining({ code }));
    expect(emulator.snapshot().text.join("")).toBe("");
    emulator.close();
  });

  it("counts the work of resizing", async () => {
    const emulator = createXtermEmulator(LARGE);
    const resize = () => {
      for (let count = 0; count < 100; count++) emulator.resize({ rows: 500, cols: 499 + (count % 2) });
    };
    expect(resize).toThrow(expect.objectContaining({ code: "CASSETTE_DRAWING_TOO_COSTLY" }));
    emulator.close();
  });

  it("has room for a window that is dragged for an hour", () => {
    let work = 0;
    for (let count = 0; count < 600; count++)
      work += workOfResize({ rows: 60, cols: 200 }, { rows: 60, cols: 200 + (count % 40) });
    expect(isAffordable(work, 100 * 600)).toBe(true);
  });

  it("stops at the same byte however the output is split", async () => {
    const hostile = fc.constantFrom(
      ...Object.values(HOSTILE),
      "text\r\n",
      "\x1b[5L",
      "\x1b[?25l",
      "\x1b[K",
      "é世",
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(hostile, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 20 }),
        async (parts, pieces) => {
          const text = parts.join("").repeat(Math.ceil(20_000 / parts.join("").length));
          const guards = [[text.length], pieces].map((lengths) => countWork(text, lengths));
          expect(guards[1]).toEqual(guards[0]);
        },
      ),
      { numRuns: process.env.CASSETTE_SOAK ? 3_000 : 25 },
    );
  });

  it("leaves the same last screen however the output is split", async () => {
    const output = Buffer.from(`${"\x1b[2J".repeat(900)}${"\x1b[2J\x1b[H\x1b[Jlast ".repeat(300)}`);
    const screens = await Promise.all([output.length, 7, 100].map((size) => lastScreen(output, size)));
    expect(new Set(screens.map((screen) => JSON.stringify(screen))).size).toBe(1);
  });

  it("has room for programs that clear and redraw for a day", async () => {
    const screen = `\x1b[H\x1b[2J${"Every 1.0s: date\r\n\r\nTue Dec  1 12:00:00 UTC 2026\r\n"}`;
    expect(await feed(screen.repeat(3_000), { rows: 60, cols: 200 })).toBeNull();
    const pager = `\x1b[?1049h\x1b[H${"a line of a manual page\r\n".repeat(24)}\x1b[?1049l`;
    expect(await feed(pager.repeat(3_000), { rows: 24, cols: 80 })).toBeNull();
  });
});

/** The byte at which a sanitizer stops, or the work and bytes that it counted. */
function countWork(text: string, pieces: readonly number[]): unknown {
  const sanitizer = createSanitizer({
    draw: () => {},
    isMark: () => false,
    fits: () => true,
    isAtEnd: () => false,
    pointsBefore: () => 1,
    tooCostly: (bytes) => {
      throw new RangeError(String(bytes));
    },
  });
  const bytes = Buffer.from(text);
  try {
    let at = 0;
    for (const length of [...pieces, bytes.length]) {
      sanitizer.pass(bytes.subarray(at, at + length), LARGE);
      at += length;
    }
  } catch (error) {
    return (error as Error).message;
  }
  return [sanitizer.memory.work, sanitizer.memory.bytes];
}

describe("workOf", () => {
  it.each([
    ["\x1b[2J", CELLS],
    ["\x1b[?25h", 0],
    ["\x1b[?1049h", CELLS],
    ["\x1b[K", 0],
    ["\x1b[3J", 0],
    ["\x1b[L", 3_000],
    ["\x1b[10L", 30_000],
    ["\x1b[9999S", 1_500_000],
    ["\x1bM", 3_000],
    ["\x1b[9b", 0],
    ["\x1b[99b", 1_188],
    ["\x1b[1;31m", 0],
    ["\x1bc", 7 * CELLS],
    ["\x1b8", 0],
    ["\x1b[c", 0],
  ])("is, for %j", (sequence, work) => {
    expect(workOf(Buffer.from(sequence), LARGE)).toBe(work);
  });
});
