import { applyMask } from "@cassette/format";
import { createProvenance, createXtermEmulator } from "@cassette/frames";
import { createScrubber } from "@cassette/scrub";
import { describe, expect, it } from "vitest";
import { hasTmux, tmuxScreen } from "../../frames/test/tmux-screen.js";
import { KINDS, LITERAL, partsOf, seeded } from "../../scrub/test/kinds.js";
import { readings, rowReadings } from "../../scrub/test/readings.js";
import { WAYS } from "../../scrub/test/ways.js";

const SIZE = { rows: 24, cols: 80 };
const IS_SOAK = Boolean(process.env.CASSETTE_SOAK);
const ROUNDS = IS_SOAK ? 2 * KINDS.length : 6;
/** Starting tmux takes a third of a second. */
const TMUX_ROUNDS = IS_SOAK ? 4 : 1;
const WAY_NAMES = Object.keys(WAYS);
const TMUX_WAYS = WAY_NAMES.filter((_, index) => IS_SOAK || index % 3 === 0);
const MOST_TMUX_STEPS = 3;

const scrubber = createScrubber({
  secrets: [LITERAL.secret],
  rules: [{ name: "acme", pattern: "acme_[A-Za-z0-9]{20}" }],
});

function plant(way: string, seed: number) {
  const random = seeded(seed);
  const kind = KINDS[seed % KINDS.length];
  const { carrier = "", secret = "" } = kind?.make(random) ?? {};
  const chunks = (WAYS[way]?.(carrier, random) ?? []).map((chunk) => new Uint8Array(Buffer.from(chunk)));
  return { chunks, secret, name: `${kind?.name} (${seed})` };
}

async function scrubbed(chunks: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const provenance = createProvenance(SIZE);
  const { mask } = await scrubber.scrubStream(
    chunks.map((bytes) => ({ bytes })),
    { provenance },
  );
  provenance.close();
  let offset = 0;
  return chunks.map((chunk) => {
    offset += chunk.length;
    return applyMask(mask, chunk, offset - chunk.length);
  });
}

/** The rows of the screen after every chunk, as the emulator of the recordings draws them. */
async function screens(chunks: readonly Uint8Array[]): Promise<string[][]> {
  const emulator = createXtermEmulator(SIZE);
  const drawn: string[][] = [];
  for (const chunk of chunks) {
    await emulator.feed(chunk);
    drawn.push(emulator.snapshot().text);
  }
  emulator.close();
  return drawn;
}

/** Fewer chunks of the same bytes. */
function inSteps(chunks: readonly Uint8Array[]): Uint8Array[] {
  const size = Math.ceil(chunks.length / MOST_TMUX_STEPS);
  const starts = Array.from({ length: Math.ceil(chunks.length / size) }, (_, index) => index * size);
  return starts.map((start) => new Uint8Array(Buffer.concat(chunks.slice(start, start + size))));
}

const leaksOf = (secret: string, texts: readonly string[]) =>
  partsOf(secret).filter((part) => texts.some((text) => text.includes(part)));

describe("scrubStream with the real emulator's provenance, the leak matrix", () => {
  for (const way of WAY_NAMES) {
    it(`leaves no secret to read or to see in this way: ${way}`, async () => {
      const leaks: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const { chunks, secret, name } = plant(way, WAY_NAMES.indexOf(way) * 7 + round);
        const masked = await scrubbed(chunks);
        const drawn = await screens(masked);
        const seen = [...(await readings(masked)), ...drawn.flatMap(rowReadings)];
        for (const part of leaksOf(secret, seen)) leaks.push(`${name}: ${part}`);
        for (const { rule } of drawn.flatMap((rows) => scrubber.scanScreen(rows)))
          leaks.push(`${name}: ${rule}`);
      }
      expect(leaks).toEqual([]);
    });
  }
});

describe.skipIf(!hasTmux)("scrubStream, drawn again by tmux", () => {
  for (const way of TMUX_WAYS) {
    it(`leaves no secret to see in this way: ${way}`, async () => {
      for (let round = 0; round < TMUX_ROUNDS; round++) {
        const { chunks, secret } = plant(way, WAY_NAMES.indexOf(way) * 11 + round);
        const steps = inSteps(await scrubbed(chunks));
        for (const until of steps.keys()) {
          const { text } = await tmuxScreen(SIZE, steps.slice(0, until + 1));
          expect(leaksOf(secret, rowReadings(text))).toEqual([]);
        }
      }
    });
  }
});
