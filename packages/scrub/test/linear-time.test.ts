import { describe, expect, it } from "vitest";
import { createScrubber } from "../src/index.js";
import { adversarialTexts, FULL_CONFIG } from "./adversarial.js";

const IS_SOAK = Boolean(process.env.CASSETTE_SOAK);
const SIZE = IS_SOAK ? 1 << 20 : 1 << 17;
/** Of some thirteen thousand texts. */
const EVERY = IS_SOAK ? 5 : 150;
/** A quadratic rule takes minutes for a megabyte, the slowest linear one a quarter of a second on a quiet machine. */
const MOST_MS_PER_MB = 5_000;
/** What they are meant to take at most; printed, not asserted. */
const GOAL_MS_PER_MB = 250;

const scrubber = createScrubber(FULL_CONFIG);

describe("every rule and every view", () => {
  it("takes linear time for adversarial text", async () => {
    const times: { name: string; msPerMb: number }[] = [];
    let index = 0;
    for (const { name, text } of adversarialTexts(SIZE)) {
      if (index++ % EVERY !== 0) continue;
      const bytes = Buffer.from(text);
      let msPerMb = await timeOf(bytes);
      if (IS_SOAK && msPerMb > GOAL_MS_PER_MB)
        msPerMb = Math.min(msPerMb, await timeOf(bytes), await timeOf(bytes));
      times.push({ name, msPerMb });
    }
    times.sort((a, b) => b.msPerMb - a.msPerMb);
    const reported = times.map(({ name, msPerMb }) => `${Math.round(msPerMb)} ms/MB: ${name}`);
    const over = times.filter(({ msPerMb }) => msPerMb > GOAL_MS_PER_MB).length;
    if (IS_SOAK)
      console.log(
        [`${over} of ${times.length} over ${GOAL_MS_PER_MB} ms/MB`, ...reported.slice(0, 10)].join("\n"),
      );
    expect(reported.filter((_, at) => (times[at]?.msPerMb ?? 0) > MOST_MS_PER_MB)).toEqual([]);
  });
});

/** Of the clock or the processors, whichever is less: the machine may have other work, and more than one processor. */
async function timeOf(bytes: Uint8Array): Promise<number> {
  const start = performance.now();
  const before = process.cpuUsage();
  await scrubber.scrubStream([{ bytes }]);
  const { user, system } = process.cpuUsage(before);
  const elapsed = performance.now() - start;
  return Math.min(elapsed, (user + system) / 1e3) / (bytes.length / 1e6);
}
