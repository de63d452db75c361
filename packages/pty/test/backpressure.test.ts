import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createPtyDriver } from "../src/index.js";

const SOAK = process.env.CASSETTE_SOAK !== undefined;
const LENGTH = (SOAK ? 200 : 20) * 1_000_000;
const BYTES_PER_MS = 10_000;

describe("PtySession: output", () => {
  it("holds memory flat for a consumer who takes ten megabytes a second", { timeout: 60_000 }, async () => {
    await using session = await createPtyDriver().start({
      argv: ["head", "-c", String(LENGTH), "/dev/zero"],
      rows: 24,
      cols: 80,
    });
    const start = performance.now();
    const before = process.memoryUsage().rss;
    let most = 0;
    let taken = 0;
    for await (const { bytes } of session.output()) {
      taken += bytes.length;
      most = Math.max(most, process.memoryUsage.rss());
      const aheadMs = taken / BYTES_PER_MS - (performance.now() - start);
      if (aheadMs > 5) await sleep(aheadMs);
    }
    console.info(`    resident memory grew by ${((most - before) / 1e6).toFixed(1)} MB`);
    expect(taken).toBe(LENGTH);
    // The measured figure is below 20; the runner of the tests allocates for itself meanwhile.
    expect(most - before).toBeLessThan(40_000_000);
  });
});
