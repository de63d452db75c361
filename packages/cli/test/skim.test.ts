import { type SearchMatch, searchCassette } from "@cassette/core/reader";
import type { CassetteEvent, InputRecord, Manifest, OutputRecord } from "@cassette/format";
import { createEmulator, emulatorIdentity } from "@cassette/terminal/parts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const RUNS = process.env.CASSETTE_SOAK ? 20_000 : 400;
const SIZE = { rows: 4, cols: 12 };

type Part = { output: string; wait: number } | { rows: number; cols: number };

const text = fc.oneof(
  { arbitrary: fc.string({ unit: fc.constantFrom(..."anb o.d"), maxLength: 8 }), weight: 8 },
  { arbitrary: fc.constantFrom("\r\n", "\r\n", "\n", "\x1b[31m", "\x1b[m", "and.", "an", "d."), weight: 8 },
  {
    arbitrary: fc.constantFrom(
      "\r",
      "\t",
      "\b",
      "\x1b[H",
      "\x1b[2J",
      "é",
      "\x1b[K",
      "\x1b[2;3r",
      "\x1b]2;and.\x07",
    ),
    weight: 1,
  },
);
const output = fc.tuple(fc.array(text, { maxLength: 12 }), fc.constantFrom(0, 0, 1));
const part: fc.Arbitrary<Part> = fc.oneof(
  { arbitrary: output.map(([parts, wait]) => ({ output: parts.join(""), wait })), weight: 20 },
  { arbitrary: fc.record({ rows: fc.constantFrom(2, 4), cols: fc.constantFrom(7, 12) }), weight: 1 },
);
const cut = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 });

/** A recording of these parts, with chunks cut anywhere. */
function recordingOf(parts: readonly Part[], lengths: readonly number[]) {
  const chunks: Buffer[] = [];
  const events: CassetteEvent[] = [];
  let t_ms = 0;
  const add = (kind: "input" | "output", record: object) => {
    const seq = events.length + 1;
    events.push({
      seq,
      t_ms,
      kind,
      record: { seq, t_ms, ...record } as InputRecord & OutputRecord,
    } as CassetteEvent);
  };
  for (const step of parts) {
    if ("rows" in step) {
      add("input", { kind: "resize", size: { Rows: step.rows, Cols: step.cols } });
      continue;
    }
    t_ms += step.wait;
    const whole = Buffer.from(step.output);
    for (let at = 0, turn = 0; at < whole.length; turn++) {
      const length = lengths[turn % lengths.length] ?? 1;
      add("output", { offset: chunks.length, length });
      chunks.push(whole.subarray(at, at + length));
      at += length;
    }
  }
  return {
    manifest: {
      terminal: { initial_rows: SIZE.rows, initial_cols: SIZE.cols, emulator: emulatorIdentity("unicode11") },
    } as Manifest,
    async *events() {
      yield* events;
    },
    bytes: async ({ offset }: Pick<OutputRecord, "offset">) => chunks[offset] ?? Buffer.alloc(0),
  };
}

async function search(recording: ReturnType<typeof recordingOf>, pattern: RegExp): Promise<SearchMatch[]> {
  const found: SearchMatch[] = [];
  for await (const match of searchCassette(recording, { pattern, createEmulator })) found.push(match);
  return found;
}

describe("searchCassette", () => {
  it("finds a literal text where a pattern finds it that is none", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), cut, async (parts, lengths) => {
        const recording = recordingOf(parts, lengths);
        expect(await search(recording, /and\./)).toEqual(await search(recording, /[a]nd\./));
        expect(await search(recording, /AND/i)).toEqual(await search(recording, /[A]ND/i));
      }),
      { numRuns: RUNS },
    );
  });
});
