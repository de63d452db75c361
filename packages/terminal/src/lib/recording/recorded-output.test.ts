import { appendFileSync, createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createEmulator } from "../parts/parts.js";
import { drawRecorded } from "./recorded-output.js";

const OUTPUT = "\x1b[?1049hone\r\n\x1b[31mtwo\x1b[m é\x1b[2;3H";

describe("drawRecorded", () => {
  it("draws the recorded output once all of it is on disk, and no more", async () => {
    const dir = mkdtempSync(join(tmpdir(), "cassette-draw-"));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const path = join(dir, "output");
    const bytes = Buffer.from(OUTPUT);
    writeFileSync(path, bytes.subarray(0, 5));
    const output = {
      path,
      read: (start: number, end: number) => createReadStream(path, { start, end: end - 1 }),
    };
    const drawing = drawRecorded(createEmulator({ rows: 4, cols: 12 }), output, bytes.length);
    appendFileSync(path, bytes.subarray(5));
    appendFileSync(path, "later");
    const { text, cursor } = await drawing;
    expect(text.slice(0, 2)).toEqual(["one", "two é"]);
    expect(cursor).toMatchObject({ Row: 1, Col: 2 });
  });
});
