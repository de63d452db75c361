import type { Screen } from "@cassette/format";
import { createXtermEmulator } from "@cassette/frames";
import { describe, expect, it } from "vitest";
import type { Mask } from "./mask.js";
import { maskScreen, maskText } from "./mask-screen.js";

/** The screen that shows this output. */
async function screenOf(output: string, cells = true): Promise<Screen> {
  const emulator = createXtermEmulator({ rows: 4, cols: 30 });
  await emulator.feed(Buffer.from(output));
  const screen = emulator.snapshot({ cells });
  emulator.close();
  return screen;
}

const ID: Mask = { pattern: /req-[0-9a-f]+/, label: "request" };

describe("maskScreen", () => {
  it.each<[string, Mask, string, string]>([
    ["a pattern", ID, "got req-12ab done", "got req-0 done"],
    ["a pattern in several places", ID, "req-1 req-2\r\nx req-3", "req-11 req-22\r\nx req-33"],
    ["a pattern before padding", ID, "req-1ab    done│", "req-1abcd  done│"],
    ["a pattern in the title", ID, "\x1b]0;req-1\x07a", "\x1b]0;req-2\x07a"],
    ["a pattern after wide characters", ID, "漢字 req-1 漢", "漢字 req-22 漢"],
    ["a coloured pattern", ID, "\x1b[31mreq-1\x1b[m x", "\x1b[1;32mreq-22\x1b[m x"],
    ["the style of a row", { pattern: /^.*\d.*$/ }, "\x1b[1;44mpid 1\x1b[K\x1b[m", "pid 22"],
    ["a rectangle", { rectangle: { row: 2, column: 3, columns: 4 } }, "a\r\nbbXXXXbb", "a\r\nbbYY  bb"],
    ["the rest of a row", { rectangle: { row: 1, column: 3 } }, "abXXXX", "ab"],
    ["several rows", { rectangle: { row: 1, rows: 2 } }, "a\r\nb\r\nc", "x\r\nyy\r\nc"],
    ["a style", { style: { dim: true } }, "> \x1b[2mTry asking\x1b[m", "> \x1b[2mAnother tip here\x1b[m"],
    ["a colour", { style: { fg: "bright-black" } }, "> \x1b[90mtip\x1b[m x", "> \x1b[90mother tip\x1b[m x"],
  ])("makes screens equal that differ only in %s", async (_, mask, one, other) => {
    const [first, second] = [await screenOf(one), await screenOf(other)];
    expect(first).not.toEqual(second);
    const [a, b] = [maskScreen(first, [mask]), maskScreen(second, [mask])];
    expect(a).toEqual({ ...b, cursor: a.cursor });
    expect(a.cells?.map((row) => row.length)).toEqual([30, 30, 30, 30]);
  });

  it("shows a label, and moves the cursor with its text", async () => {
    const screen = await screenOf("got req-12ab42   done");
    const masked = maskScreen(screen, [ID]);
    expect(masked.text[0]).toBe("got <request> done");
    expect(masked.cursor).toEqual({ ...screen.cursor, Col: "got <request> done".length });
    expect(String.fromCodePoint(...(masked.cells?.[0] ?? []).slice(4, 13).map(({ Char }) => Char))).toBe(
      "<request>",
    );
  });

  it("keeps differences that the masks do not cover", async () => {
    const [one, other] = [await screenOf("req-1 done"), await screenOf("req-2 gone")];
    expect(maskScreen(one, [ID]).text).not.toEqual(maskScreen(other, [ID]).text);
    const style: Mask = { style: { dim: true } };
    const [shown, empty] = [await screenOf("> \x1b[2mtip\x1b[m"), await screenOf("> \x1b[2m   \x1b[m")];
    expect(maskScreen(shown, [style]).text).not.toEqual(maskScreen(empty, [style]).text);
  });

  it("masks by pattern and rectangle without cells, and refuses a style", async () => {
    const screen = await screenOf("got req-1", false);
    expect(maskScreen(screen, [ID]).text[0]).toBe("got <request>");
    expect(maskScreen(screen, [{ rectangle: { row: 1, column: 5 } }]).text[0]).toBe("got ▒▒▒▒▒");
    expect(() => maskScreen(screen, [{ style: { dim: true } }])).toThrow(TypeError);
  });

  it("takes a pattern that may match nothing", async () => {
    const screen = await screenOf("abc");
    expect(maskScreen(screen, [{ pattern: /x*/ }]).text).toEqual(screen.text);
  });
});

describe("maskText", () => {
  it("applies patterns alone", () => {
    expect(maskText("req-1 and req-2", [ID, { rectangle: { row: 1 } }])).toBe("<request> and <request>");
  });
});
