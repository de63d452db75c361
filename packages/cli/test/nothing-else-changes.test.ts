import {
  applyMask,
  type Cell,
  type FrameRecord,
  type SampledEvent,
  type StreamEvent,
  type TerminalSize,
} from "@cassette/format";
import { createProvenance, createXtermEmulator, deriveFrames } from "@cassette/frames";
import { createScrubber } from "@cassette/scrub";
import { describe, expect, it } from "vitest";
import { RECORDINGS, type Recording } from "../../frames/test/recordings.js";
import { KINDS, type Random, seeded } from "../../scrub/test/kinds.js";

const ROUNDS = process.env.CASSETTE_SOAK ? 40 : 1;

const scrubber = createScrubber();

/** A position at which a program could have printed something else: neither in a character nor in a sequence. */
async function freePosition({ output, size }: Recording, random: Random): Promise<number> {
  for (;;) {
    const position = Math.floor(random() * output.length);
    const emulator = createXtermEmulator(size);
    await emulator.feed(output.subarray(0, position));
    const isFree = emulator.pendingBytes === 0 && !emulator.synchronized;
    emulator.close();
    if (isFree) return position;
  }
}

/** The recording's events, with a text printed in between. */
function planted(events: readonly SampledEvent[], position: number, text: Uint8Array): SampledEvent[] {
  let offset = 0;
  return events.map((event) => {
    if (event.kind !== "output") return event;
    const at = position - offset;
    offset += event.bytes.length;
    if (at < 0 || at >= event.bytes.length) return event;
    const bytes = Buffer.concat([event.bytes.subarray(0, at), text, event.bytes.subarray(at)]);
    return { ...event, bytes: new Uint8Array(bytes) };
  });
}

function streamOf(events: readonly SampledEvent[]): StreamEvent[] {
  return events.flatMap((event): StreamEvent[] => {
    if (event.kind === "output") return [{ bytes: event.bytes }];
    if (event.kind === "resize") return [{ resize: { rows: event.size.Rows, cols: event.size.Cols } }];
    return [];
  });
}

function outputOf(events: readonly SampledEvent[]): string {
  const chunks = events.flatMap((event) => (event.kind === "output" ? [event.bytes] : []));
  return Buffer.concat(chunks).toString("latin1");
}

type Apply = (bytes: Uint8Array, offset: number) => Uint8Array;

function masked(events: readonly SampledEvent[], apply: Apply): SampledEvent[] {
  let offset = 0;
  return events.map((event) => {
    if (event.kind !== "output") return event;
    offset += event.bytes.length;
    return { ...event, bytes: apply(event.bytes, offset - event.bytes.length) };
  });
}

async function framesOf(size: TerminalSize, events: SampledEvent[]) {
  const frames: { afterSeq: number; frame: Omit<FrameRecord, "seq"> }[] = [];
  for await (const frame of deriveFrames({ size, events, cells: true })) frames.push(frame);
  return frames;
}

/** Where each cell of each frame came from, at the moment of the frame. */
async function origins(size: TerminalSize, events: readonly SampledEvent[], afterSeqs: ReadonlySet<number>) {
  const provenance = createProvenance(size);
  const bySeq = new Map<number, (number | null)[][]>();
  for (const event of events) {
    if (event.kind === "output") await provenance.feed(event.bytes);
    if (event.kind === "resize") provenance.resize({ rows: event.size.Rows, cols: event.size.Cols });
    if (afterSeqs.has(event.seq)) bySeq.set(event.seq, provenance.offsets());
  }
  provenance.close();
  return bySeq;
}

const isIn = (ranges: readonly (readonly [number, number, number])[], offset: number | null | undefined) =>
  ranges.some(([start, end]) => typeof offset === "number" && offset >= start && offset < end);

/** The cells without those that lie in a mask, each with its attributes. */
function outside(cells: Cell[][] | undefined, isMasked: (row: number, column: number) => boolean) {
  return cells?.map((row, index) =>
    row.map((cell, column) => (isMasked(index, column) ? { ...cell, Char: 0 } : cell)),
  );
}

describe("scrubStream, over the recordings of real programs", () => {
  for (const recording of RECORDINGS) {
    it(`changes nothing of ${recording.name} but the planted secret`, async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const random = seeded(RECORDINGS.indexOf(recording) * 1_000 + round);
        const kind = KINDS.filter(({ name }) => !/literal|user's/.test(name))[Math.floor(random() * 40)];
        const { carrier = "", secret = "" } = kind?.make(random) ?? {};
        const position = await freePosition(recording, random);
        const before = planted(recording.events, position, Buffer.from(` ${carrier} `));
        const provenance = createProvenance(recording.size);
        const { mask } = await scrubber.scrubStream(streamOf(before), { provenance });
        provenance.close();
        const after = masked(before, (bytes, offset) => applyMask(mask, bytes, offset));
        expect(outputOf(before)).toContain(secret);
        expect(outputOf(after)).not.toContain(secret);
        const framesBefore = await framesOf(recording.size, before);
        const framesAfter = await framesOf(recording.size, after);
        expect(framesAfter.map(({ afterSeq }) => afterSeq)).toEqual(
          framesBefore.map(({ afterSeq }) => afterSeq),
        );
        const from = await origins(
          recording.size,
          before,
          new Set(framesBefore.map(({ afterSeq }) => afterSeq)),
        );
        for (const [index, { afterSeq, frame }] of framesBefore.entries()) {
          const offsets = from.get(afterSeq);
          const isMasked = (row: number, column: number) => isIn(mask.ranges, offsets?.[row]?.[column]);
          const { cells, cursor, size, raw_start, raw_end } = framesAfter[index]?.frame ?? {};
          expect({ cursor, size, raw_start, raw_end }).toEqual({
            cursor: frame.cursor,
            size: frame.size,
            raw_start: frame.raw_start,
            raw_end: frame.raw_end,
          });
          expect(outside(cells, isMasked)).toEqual(outside(frame.cells, isMasked));
        }
      }
    });
  }
});
