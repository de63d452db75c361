import { applyMask } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { createScrubber } from "../src/index.js";
import { KINDS, LITERAL, partsOf, seeded } from "./kinds.js";
import { readings } from "./readings.js";
import { createToyScreen } from "./toy-screen.js";
import { WAYS } from "./ways.js";

const ROUNDS = process.env.CASSETTE_SOAK ? 25 : 1;
const scrubber = createScrubber({
  secrets: [LITERAL.secret],
  rules: [{ name: "acme", pattern: "acme_[A-Za-z0-9]{20}" }],
});

/** The chunks after scrubbing. */
async function scrubbed(chunks: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const provenance = createToyScreen({ rows: 24, cols: 80 });
  const { mask } = await scrubber.scrubStream(
    chunks.map((bytes) => ({ bytes })),
    { provenance },
  );
  let offset = 0;
  return chunks.map((chunk) => {
    offset += chunk.length;
    return applyMask(mask, chunk, offset - chunk.length);
  });
}

describe("scrubStream, the leak matrix", () => {
  it("has at least forty kinds and twenty-seven ways", () => {
    expect(KINDS.length).toBeGreaterThanOrEqual(40);
    expect(Object.keys(WAYS)).toHaveLength(27);
  });

  for (const [name, way] of Object.entries(WAYS)) {
    it(`leaves nothing of a secret in this way: ${name}`, async () => {
      const leaks: string[] = [];
      for (let seed = 1; seed <= ROUNDS * KINDS.length; seed++) {
        const kind = KINDS[seed % KINDS.length];
        const random = seeded(seed);
        const { carrier = "", secret = "" } = kind?.make(random) ?? {};
        const chunks = way(carrier, random).map((chunk) => Buffer.from(chunk));
        const before = await readings(chunks);
        const after = await readings(await scrubbed(chunks));
        if (!before.some((text) => text.includes(secret))) leaks.push(`${kind?.name}: never there (${seed})`);
        const left = partsOf(secret).filter((part) => after.some((text) => text.includes(part)));
        if (left.length > 0) leaks.push(`${kind?.name}: ${left.length} parts still there (${seed})`);
      }
      expect(leaks).toEqual([]);
    });
  }
});
