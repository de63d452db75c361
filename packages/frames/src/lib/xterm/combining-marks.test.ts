import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { split } from "../../../test/arbitrary-output.js";
import { bytes, feed } from "../../../test/feed.js";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";

async function draw(output: string | Uint8Array, cols = 12) {
  const emulator = createXtermEmulator({ rows: 3, cols });
  await feed(emulator, output);
  const { text, cells, cursor } = emulator.snapshot({ cells: true });
  emulator.close();
  return { text, cells, cursor: [cursor.Row, cursor.Col] };
}

describe("joinCombiningMarks", () => {
  it.each([
    ["a style", "|\x1b[31me\x1b[0m\u0301|", "|e\u0301|"],
    ["a control character", "e\x07\u0301|", "e\u0301|"],
    ["a title", "e\x1b]2;t\x07\u0301|", "e\u0301|"],
    ["a change of character set", "e\x1b(B\u0301|", "e\u0301|"],
    ["a cursor movement", "ab\x1b[2G\u0301", "a\u0301b"],
    ["a wide character and a style", "漢\x1b[1m\u0301|", "漢\u0301|"],
    ["an emoji and a style", "\u2764\x1b[1m\ufe0f|", "\u2764\ufe0f|"],
    ["a full row", "abcdefghijkl\x1b[1m\u0301|", "abcdefghijkl\u0301"],
    ["another mark and a style", "e\u0301\x1b[1m\u0302|", "e\u0301\u0302|"],
  ])("joins a mark to the character before it after %s", async (_what, output, row) => {
    expect((await draw(output)).text[0]).toBe(row);
  });

  it("joins a mark to a cell that was never written as if it held a space", async () => {
    const { text, cells } = await draw("\x1b[1;4H\u0301|");
    expect(text[0]).toBe("   \u0301|");
    expect(cells?.[0]?.slice(2, 4).map(({ Char }) => Char)).toEqual([0x20, 0x7c]);
  });

  it("drops a mark in the first column", async () => {
    expect(await draw("\u0301\u0302a\r\n\u200d\x1b[31m\u0301b")).toMatchObject({
      text: ["a", "b", ""],
      cursor: [1, 1],
    });
  });

  it("lets no heap of marks grow in a cell, whatever comes between them", async () => {
    const { text } = await draw(`e${"\x1b[1m\u0301".repeat(1_000)}|`);
    expect([...(text[0] ?? "")].length).toBeLessThanOrEqual(33);
    expect(text[0]?.endsWith("|")).toBe(true);
  });

  it("shows the same however marks and what they join are split", async () => {
    const piece = fc.constantFrom("e", "漢", "\u0301", "\ufe0f", "\x1b[1m", "\r", "\x1b[5G", "\b", "\x1b[K");
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        const output = bytes(pieces.join(""));
        const emulator = createXtermEmulator({ rows: 3, cols: 12 });
        await feed(emulator, ...split(output, []));
        expect(emulator.snapshot().text).toEqual((await draw(output)).text);
      }),
    );
  });
});

describe("createXtermEmulator", () => {
  it("shows U+FFFD for each part that is not UTF-8", async () => {
    expect((await draw(Buffer.from("caf\xe9 cr\xe8me|", "latin1"))).text[0]).toBe("caf\ufffd cr\ufffdme|");
  });

  it("decodes as the platform's decoder does, however the bytes are split", async () => {
    const lead = fc.constantFrom(0x41, 0xc2, 0xc1, 0xe0, 0xe2, 0xed, 0xf0, 0xf4, 0xf5, 0xff);
    const continuation = fc.constantFrom(0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf);
    const output = fc.array(fc.oneof(lead, continuation), { minLength: 1, maxLength: 30 });
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const isVisible = (text: string) => !/[\p{C}\p{M}\p{Z}]/u.test(text);
    await fc.assert(
      fc.asyncProperty(output, fc.boolean(), async (list, whole) => {
        const input = Uint8Array.from([...list, 0x21]);
        const expected = decoder.decode(input);
        fc.pre(isVisible(expected));
        const emulator = createXtermEmulator({ rows: 1, cols: 80 });
        await feed(emulator, ...(whole ? [input] : split(input, [])));
        expect(emulator.snapshot().text[0]).toBe(expected);
        emulator.close();
      }),
      { numRuns: 1_000 },
    );
  });

  it("shows U+FFFD in a title", async () => {
    const emulator = createXtermEmulator({ rows: 3, cols: 12 });
    await feed(emulator, Buffer.from("\x1b]2;caf\xe9\x07", "latin1"));
    expect(emulator.snapshot().title).toBe("caf\ufffd");
  });
});
