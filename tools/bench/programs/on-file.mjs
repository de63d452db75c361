// Runs one operation of the library on a file, to measure its memory: node on-file.mjs WHAT FILE
import { createReadStream, readFileSync } from "node:fs";

const CHUNK = 4_096;
const SIZE = { rows: 24, cols: 80 };

/** Each loads only what it needs, because loading takes memory too. */
const WORK = {
  async secretlint(file) {
    const { lintSource } = await import("@secretlint/core");
    const { creator } = await import("@secretlint/secretlint-rule-preset-recommend");
    const config = { rules: [{ id: "preset", rule: creator }] };
    const content = readFileSync(file, "utf8");
    const source = { content, filePath: "/log.txt", ext: ".txt", contentType: "text" };
    await lintSource({ source, options: { config } });
  },
  async scrubText(file) {
    const { createScrubber } = await import("@cassette/scrub");
    createScrubber().scrubText(readFileSync(file, "utf8"));
  },
  async scrubStream(file) {
    const { createScrubber } = await import("@cassette/scrub");
    await createScrubber().scrubStream(chunksOf(file));
  },
  async draw(file) {
    const { createXtermEmulator } = await import("@cassette/frames");
    const emulator = createXtermEmulator(SIZE);
    for await (const { bytes } of chunksOf(file)) await emulator.feed(bytes);
    emulator.close();
  },
  async deriveFrames(file) {
    const { deriveFrames } = await import("@cassette/frames");
    for await (const _ of deriveFrames({ size: SIZE, events: eventsOf(file) }));
  },
};

async function* chunksOf(file) {
  for await (const bytes of createReadStream(file, { highWaterMark: CHUNK })) yield { bytes };
}

async function* eventsOf(file) {
  let seq = 0;
  for await (const { bytes } of chunksOf(file)) yield { kind: "output", seq: ++seq, t_ms: seq * 20, bytes };
  yield { kind: "final", seq: seq + 1, t_ms: (seq + 1) * 20 };
}

const [what = "", file = ""] = process.argv.slice(2);
await WORK[what](file);
