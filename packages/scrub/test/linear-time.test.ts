import { describe, expect, it } from "vitest";
import { createScrubber } from "../src/index.js";
import { adversarialTexts, FULL_CONFIG } from "./adversarial.js";

const IS_SOAK = Boolean(process.env.CASSETTE_SOAK);
const SIZE = IS_SOAK ? 1 << 20 : 1 << 17;
/** Of some six thousand texts. */
const EVERY = IS_SOAK ? 5 : 150;
/** A quadratic rule takes minutes for a megabyte, the slowest linear one less than two seconds: it is all hits. */
const MOST_MS_PER_MB = 15_000;

const scrubber = createScrubber(FULL_CONFIG);

describe("every rule and every view", () => {
  it("takes linear time for adversarial text", async () => {
    const slow: string[] = [];
    let index = 0;
    for (const { name, text } of adversarialTexts(SIZE)) {
      if (index++ % EVERY !== 0) continue;
      const bytes = Buffer.from(text);
      const before = process.cpuUsage();
      await scrubber.scrubStream([{ bytes }]);
      const { user, system } = process.cpuUsage(before);
      const msPerMb = (user + system) / 1e3 / (bytes.length / 1e6);
      if (msPerMb > MOST_MS_PER_MB) slow.push(`${name}: ${Math.round(msPerMb)} ms/MB`);
    }
    expect(slow).toEqual([]);
  });
});
