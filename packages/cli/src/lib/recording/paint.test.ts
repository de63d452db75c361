import { createEmulator } from "@cassette/terminal/parts";
import { describe, expect, it } from "vitest";
import { paint } from "./paint.js";

const SIZE = { rows: 4, cols: 12 };
const OUTPUT = "\x1b[?1049hone\r\n\x1b[31mtwo\x1b[m é\x1b[2;3H";

describe("paint", () => {
  it("paints the same screen on an empty one", async () => {
    const before = createEmulator(SIZE);
    await before.feed(Buffer.from(OUTPUT));
    const screen = before.snapshot({ cells: true });
    const after = createEmulator(SIZE);
    await after.feed(Buffer.from(`\x1b[?1049h${paint(screen)}`));
    expect(after.snapshot({ cells: true })).toEqual(screen);
  });
});
