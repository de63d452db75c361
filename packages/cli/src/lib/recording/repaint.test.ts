import { appendFileSync, createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createXtermEmulator } from "@cassette/frames";
import { describe, expect, it, onTestFinished } from "vitest";
import { drawRecorded, paint } from "./repaint.js";

const SIZE = { rows: 4, cols: 12 };
const OUTPUT = "\x1b[?1049hone\r\n\x1b[31mtwo\x1b[m é\x1b[2;3H";

describe("drawRecorded", () => {
  it("draws what was recorded, once all of it is on disk, and no more", async () => {
    const dir = mkdtempSync(join(tmpdir(), "cassette-repaint-"));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const path = join(dir, "output");
    const bytes = Buffer.from(OUTPUT);
    writeFileSync(path, bytes.subarray(0, 5));
    const output = {
      path,
      read: (start: number, end: number) => createReadStream(path, { start, end: end - 1 }),
    };
    const drawing = drawRecorded(createXtermEmulator(SIZE), output, bytes.length);
    appendFileSync(path, bytes.subarray(5));
    appendFileSync(path, "later");
    const { text, cursor } = await drawing;
    expect(text.slice(0, 2)).toEqual(["one", "two é"]);
    expect(cursor).toMatchObject({ Row: 1, Col: 2 });
  });
});

describe("paint", () => {
  it("paints the same screen on an empty one", async () => {
    const before = createXtermEmulator(SIZE);
    await before.feed(Buffer.from(OUTPUT));
    const screen = before.snapshot({ cells: true });
    const after = createXtermEmulator(SIZE);
    await after.feed(Buffer.from(`\x1b[?1049h${paint(screen)}`));
    expect(after.snapshot({ cells: true })).toEqual(screen);
  });
});
