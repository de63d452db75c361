import { join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import type { SampledEvent, TerminalSize } from "@cassette/format";
import { createXtermEmulator } from "@cassette/frames";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RECORDINGS, type Recording } from "../../frames/test/recordings.js";
import { type ResliceOptions, reslice, resliceBytes } from "../src/index.js";
import { record, temporaryDirectory } from "./sample-cassette.js";

const RUNS = process.env.CASSETTE_SOAK ? 100 : 10;
/** Real programs with full screens, wide and joined characters, scrolling and resizes. */
const TEN = [
  "vim-resized",
  "top-resized",
  "htop",
  "tmux-inside",
  "fish",
  "less-unicode",
  "emoji-joined",
  "ink",
  "git-graph",
  "mc-menu",
];

describe("resliceBytes", () => {
  it("cuts into pieces that together are the same", () => {
    const split = fc.constantFrom("bytes", "characters", "escapes", "any" as const);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(), split, (bytes, seed, how) => {
        const options = { seed, split: how } as ResliceOptions;
        const pieces = resliceBytes(bytes, options);
        expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
        expect(pieces.every((piece) => piece.length > 0)).toBe(true);
        expect(resliceBytes(bytes, options)).toEqual(pieces);
      }),
    );
  });

  it("cuts after every byte, inside characters, inside escape sequences", () => {
    const text = (options: ResliceOptions) =>
      resliceBytes(Buffer.from("a\x1b[31mé世"), options).map((piece) =>
        Buffer.from(piece).toString("latin1"),
      );
    expect(text({ split: "bytes" })).toHaveLength(11);
    expect(text({ split: "characters" })).toEqual(["a\x1b[31m\xc3", "\xa9\xe4", "\xb8", "\x96"]);
    const [first = "", second = "", ...rest] = text({ split: "escapes", seed: 7 });
    expect([first, second.startsWith("["), /m/.test(second)]).toEqual(["a\x1b", true, false]);
    expect(rest.join("")).toMatch(/m/);
  });

  it("makes different pieces with a different seed", () => {
    const bytes = Buffer.from("some output ".repeat(50));
    expect(resliceBytes(bytes, { seed: 1 })).not.toEqual(resliceBytes(bytes, { seed: 2 }));
  });
});

describe("reslice", () => {
  it.each(TEN)("leaves the last screen of %s as it was", async (name) => {
    const recording = RECORDINGS.find((each) => each.name === name);
    if (!recording) throw new Error(`There is no recording ${name}.`);
    await using cassette = await openCassette(await toCassette(recording));
    const expected = await lastScreen(recording.size, recording.events);
    for (let seed = 0; seed < RUNS; seed++) {
      const split = seed === 0 ? "bytes" : "any";
      expect(await lastScreen(recording.size, resliced(cassette, { seed, split })), `seed ${seed}`).toEqual(
        expected,
      );
    }
  });

  it("keeps inputs and resizes where they were", async () => {
    const recording = RECORDINGS.find(({ name }) => name === "vim-resized");
    if (!recording) throw new Error("There is no recording of it.");
    await using cassette = await openCassette(await toCassette(recording));
    const order = [];
    let fed = 0;
    for await (const slice of reslice(cassette, { seed: 3 })) {
      if (slice.kind === "output") fed += slice.bytes.length;
      else order.push([fed, slice.t_ms, slice.record.kind]);
    }
    const expected = [];
    fed = 0;
    for (const event of recording.events) {
      if (event.kind === "output") fed += event.bytes.length;
      else if (event.kind !== "final") expected.push([fed, event.t_ms, event.kind]);
    }
    expect(order).toEqual(expected);
  });
});

/** A cassette of a recording of the emulator's tests. */
function toCassette({ events }: Recording): Promise<string> {
  return record(
    join(temporaryDirectory(), "it.cassette"),
    async ({ recorder, at }) => {
      for (const event of events) {
        at(event.t_ms);
        if (event.kind === "output") recorder.recordOutput(event.bytes);
        else if (event.kind === "resize") recorder.recordInput({ kind: "resize", size: event.size });
        else if (event.kind === "input") recorder.recordInput({ bytes: Buffer.from("?") });
      }
      recorder.recordFinal();
    },
    { resolution_ms: 1 },
  );
}

type Drawn = SampledEvent extends infer Event
  ? Event extends SampledEvent
    ? Omit<Event, "seq" | "t_ms">
    : never
  : never;

async function* resliced(...given: Parameters<typeof reslice>): AsyncGenerator<Drawn> {
  for await (const slice of reslice(...given)) {
    if (slice.kind === "output") yield slice;
    else if (slice.record.size) yield { kind: "resize", size: slice.record.size };
  }
}

async function lastScreen(size: TerminalSize, events: AsyncIterable<Drawn> | Iterable<Drawn>) {
  const emulator = createXtermEmulator(size);
  for await (const event of events) {
    if (event.kind === "output") await emulator.feed(event.bytes);
    if (event.kind === "resize") emulator.resize({ rows: event.size.Rows, cols: event.size.Cols });
    emulator.takeReplies();
  }
  const screen = emulator.snapshot({ cells: true });
  emulator.close();
  return screen;
}
