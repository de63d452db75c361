import { describe, expect, it } from "vitest";
import { feed } from "../../../test/feed.js";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";

async function draw(output: string) {
  const emulator = createXtermEmulator({ rows: 3, cols: 6 });
  await feed(emulator, output);
  const { text, cursor } = emulator.snapshot();
  const replies = Buffer.concat(emulator.takeReplies()).toString("latin1");
  emulator.close();
  return { text, at: [cursor.Row, cursor.Col], replies };
}

describe("registerProtectedAreas", () => {
  it("keeps what SPA protects from ED, EL and ECH, and not from DECSED and DECSEL", async () => {
    const written = "a\x1bVb\x1bWc\x1b[H";
    for (const erase of ["\x1b[J", "\x1b[2J", "\x1b[K", "\x1b[6X"])
      expect((await draw(written + erase)).text[0]).toBe(" b");
    for (const erase of ["\x1b[?J", "\x1b[?K"]) expect((await draw(written + erase)).text[0]).toBe("");
  });

  it("applies the latest DECSCA, and a reset", async () => {
    expect((await draw('a\x1bVb\x1b[0"qc\x1b[H\x1b[J')).text[0]).toBe("");
    expect((await draw("a\x1bVb\x1b[!p\x1b[H\x1b[J")).text[0]).toBe("");
  });
});

describe("correctReverseWrap", () => {
  it("goes back to the row that the current row continues, in mode 45", async () => {
    expect((await draw("abcdefgh\x1b[?45h\b\b\bX")).text).toEqual(["abcdeX", "gh", ""]);
    expect((await draw("abcdefgh\x1b[?45h\x1b[4DX")).text[0]).toBe("abcdXf");
    expect((await draw("ab\r\ncd\x1b[?45h\x1b[9D")).at).toEqual([1, 0]);
  });

  it("skips the gap before a wide character", async () => {
    expect((await draw("abcde漢\x1b[?45h\x1b[3DX")).text[0]).toBe("abcdX");
  });

  it("goes back over all ends in mode 1045, from the first row to the last", async () => {
    expect((await draw("ab\r\ncd\x1b[?1045h\x1b[4D")).at).toEqual([0, 4]);
    expect((await draw("\x1b[?1045h\b")).at).toEqual([2, 5]);
    expect((await draw("\x1b[?1045h\x1b[?1045l\b")).at).toEqual([0, 0]);
  });

  it("stays in the row without autowrap", async () => {
    expect((await draw("abcdefgh\x1b[?45h\x1b[?7l\x1b[9D")).at).toEqual([1, 0]);
  });
});

describe("registerIndexes", () => {
  it("moves by a column", async () => {
    expect((await draw("ab\x1b6")).at).toEqual([0, 1]);
    expect((await draw("ab\x1b9")).at).toEqual([0, 3]);
  });

  it("moves what is within the margins from the first or last column", async () => {
    expect((await draw("ab\r\ncd\r\nef\x1b[2;3r\x1b[2H\x1b6")).text).toEqual(["ab", " cd", " ef"]);
    expect((await draw("ab\r\ncd\x1b[1;6H\x1b9")).text).toEqual(["b", "d", ""]);
    expect((await draw("abcdef\x1b9X")).text[0]).toBe("bcdefX");
  });
});
