import type { Emulator, EmulatorFactory, SampledEvent, TerminalSize } from "@cassette/format";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createProvenance, createXtermEmulator, deriveFrames } from "../src/index.js";
import { widthOf } from "../src/lib/xterm/joining-widths.js";
import { arbitraryCuts, arbitraryOutput, split } from "./arbitrary-output.js";
import { collect } from "./collect.js";
import { bytes } from "./feed.js";

const RUNS = process.env.CASSETTE_SOAK ? 2_000 : 100;
const arbitrarySize = fc.record({
  rows: fc.integer({ min: 1, max: 6 }),
  cols: fc.integer({ min: 1, max: 14 }),
});

/** What lines of a log are made of, and what they must not be mistaken for. */
const part = fc.oneof(
  { arbitrary: fc.string({ unit: fc.constantFrom(..."abcXYZ 012"), maxLength: 9 }), weight: 20 },
  {
    arbitrary: fc.string({
      unit: fc.constantFrom(..."漢字é─ñ\u0301\u200d\ufe0f\u{1F469}\u{1F600}\u{1F1E9}"),
      maxLength: 4,
    }),
    weight: 4,
  },
  {
    arbitrary: fc.constantFrom(
      ..."\x1b[31m|\x1b[m|\x1b[0m|\x1b[0;44m|\x1b[;1m|\x1b[4:3m|\x1b[38:2:1:2:3m|\x1b[48;5;9m|\x1b[7m|\x1b[K|\x1b[1K|\x1b[2K|\t|\r|\n".split(
        "|",
      ),
    ),
    weight: 12,
  },
  {
    arbitrary: fc.constantFrom(
      ..."\x1b[A|\x1b[2;3r|\x1b[r|\x1bM|\x0b|\x0e|\x0f|\x1b(0|\x1b(B|\b|\x1b[4h|\x1b[4l|\x1b[?7l|\x1b[?7h|\x1b[?6h|\x1b[20h|\x1b7|\x1b8|\x1b[3b|\x1b[H|\x1b[?1049h|\x1b[?1049l|\x1b[?2026h|\x1b[?2026l|\x1b]8;;u\x07|\x1b[?K|\x1b[>4m|\x1b[3\x18m|\u0085|\u009b2A|\x1b".split(
        "|",
      ),
    ),
    weight: 1,
  },
);
const line = fc.array(part, { maxLength: 6 }).map((parts) => `${parts.join("")}\r\n`);
/** Few different lines, many times: as many as leave nothing of what came before. */
const lines = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 60 }))
  .map(([some, times]) => bytes(some.join("").repeat(times)));
/** About as many lines as push all others out. */
const justEnough = fc
  .tuple(fc.constantFrom("", "x", "\x1b[31my", "\x1b[0;42mz\x1b[K"), fc.integer({ min: 195, max: 225 }))
  .map(([content, count]) => bytes(`${content}\r\n`.repeat(count)));
/** Modes in which lines do not simply scroll. */
const mode = fc
  .constantFrom(
    ..."\x1b[2;3r|\x1b[1;2r|\x1b[2r|\x1b[?7l|\x1b[4h|\x1b[?6h|\x1b[20h|\x1b(0|\x1b[?1049h|\x1b[3g|\x1b[?45h".split(
      "|",
    ),
  )
  .map(bytes);
const section = fc.oneof(
  { arbitrary: lines, weight: 4 },
  { arbitrary: justEnough, weight: 3 },
  { arbitrary: arbitraryOutput, weight: 2 },
  { arbitrary: mode, weight: 1 },
);
const log = fc.array(section, { minLength: 2, maxLength: 5 });

interface Looked {
  size: TerminalSize;
  pieces: Uint8Array[];
  /** Looks at the screen so often that nothing scrolls away unseen. */
  often: boolean;
}

async function drawn({ size, pieces, often }: Looked): Promise<Emulator> {
  const emulator = createXtermEmulator(size);
  for (const piece of pieces) {
    for (const few of often ? shortPieces(piece) : [piece]) {
      await emulator.feed(few);
      if (often) emulator.snapshot();
    }
  }
  return emulator;
}

function shortPieces(piece: Uint8Array): Uint8Array[] {
  const count = Math.ceil(piece.length / 128);
  return Array.from({ length: count }, (_, index) => piece.subarray(index * 128, (index + 1) * 128));
}

function example(before: string, lines: string): [Uint8Array[], number[], Uint8Array, TerminalSize] {
  return [[bytes(before), bytes(lines)], [], bytes("y"), { rows: 6, cols: 14 }];
}

/** Everything that can be seen now, and after what shows the rest. */
async function seen(emulator: Emulator, after: Uint8Array) {
  const all = [];
  for (const step of ["now", "resized", "after"] as const) {
    if (step === "resized") emulator.resize({ rows: 211, cols: 9 });
    if (step === "after") await emulator.feed(after);
    const { pendingBytes, synchronized } = emulator;
    const screen = emulator.snapshot({ cells: true, details: true });
    all.push({
      screen,
      pendingBytes,
      synchronized,
      replies: Buffer.concat(emulator.takeReplies()).toString(),
    });
  }
  emulator.close();
  return all;
}

describe("what scrolls away", () => {
  it("leaves the same screen, lines above it and state whether it was drawn or not", async () => {
    await fc.assert(
      fc.asyncProperty(
        log,
        arbitraryCuts,
        arbitraryOutput,
        arbitrarySize,
        async (output, cuts, after, size) => {
          const pieces = output.flatMap((part) => (cuts.length === 0 ? [part] : split(part, cuts)));
          const skipping = await drawn({ size, pieces, often: false });
          const drawing = await drawn({ size, pieces, often: true });
          expect(await seen(skipping, after)).toEqual(await seen(drawing, after));
        },
      ),
      {
        numRuns: RUNS,
        examples: [
          ...[206, 208, 210, 212, 214].map((count) =>
            example("\x1b[4;1Hlow\x1b[5;1Hlower\x1b[H", "x\r\n".repeat(count)),
          ),
          example("\x1b[1;2r\x1b[6;1H", `long\r\n${"x\r\n".repeat(300)}`),
          example("", `1\r\nx${"\n".repeat(300)}`),
        ],
      },
    );
  });

  it("leaves the same frames", async () => {
    const arbitraryPauses = fc.array(fc.constantFrom(0, 3, 90, 300), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        log,
        arbitraryCuts,
        arbitraryPauses,
        arbitrarySize,
        async (output, cuts, pauses, size) => {
          const events = eventsOf(
            output.flatMap((part) => split(part, [...cuts, 0])),
            pauses,
          );
          const skipped = collect(deriveFrames({ size, events, cells: true }));
          const drawn = collect(deriveFrames({ size, events, cells: true, createEmulator: createEager }));
          expect(await skipped).toEqual(await drawn);
        },
      ),
      { numRuns: RUNS / 4 },
    );
  });

  it("leaves the same provenance", async () => {
    await fc.assert(
      fc.asyncProperty(log, arbitrarySize, async (output, size) => {
        const skipping = createProvenance(size);
        const drawing = createProvenance(size, undefined, {
          createEmulator: createEager,
          isMark: (code) => widthOf(code) === 0,
        });
        for (const piece of output) {
          await skipping.feed(piece);
          await drawing.feed(piece);
        }
        expect(skipping.offsets()).toEqual(drawing.offsets());
      }),
      { numRuns: RUNS / 10 },
    );
  });
});

/** Draws everything. */
const createEager: EmulatorFactory = (size, like) => {
  const emulator = createXtermEmulator(size, like);
  const { feed } = emulator;
  return Object.defineProperty(emulator, "feed", {
    async value(piece: Uint8Array) {
      for (const few of shortPieces(piece)) {
        await feed(few);
        emulator.snapshot();
      }
    },
  });
};

function eventsOf(pieces: readonly Uint8Array[], pauses: readonly number[]): SampledEvent[] {
  let t_ms = 0;
  const events = pieces.map((piece, index): SampledEvent => {
    t_ms += pauses[index % pauses.length] ?? 0;
    return { kind: "output", seq: index + 1, t_ms, bytes: piece };
  });
  return [...events, { kind: "final", seq: pieces.length + 1, t_ms: t_ms + 500 }];
}
