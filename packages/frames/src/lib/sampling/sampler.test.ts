import type { SampledEvent, SampledFrame } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { collect } from "../../../test/collect.js";
import { bytes } from "../../../test/feed.js";
import { deriveFrames } from "../derive/derive-frames.js";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";
import type { FramePolicy } from "./policy.js";
import { createSampler } from "./sampler.js";

const SIZE = { rows: 3, cols: 20 };

type Step = [t_ms: number, what: string | { Rows: number; Cols: number } | "INPUT" | "MARK"];

/** `INPUT`, `MARK`, a size, or output. The end comes 5 s after the last. */
function recording(steps: Step[]): SampledEvent[] {
  const events = steps.map(([t_ms, what], index): SampledEvent => {
    const at = { seq: index + 1, t_ms };
    if (typeof what === "object") return { ...at, kind: "resize", size: what };
    if (what === "INPUT") return { ...at, kind: "input" };
    if (what === "MARK") return { ...at, kind: "mark" };
    return { ...at, kind: "output", bytes: bytes(what) };
  });
  return [...events, { kind: "final", seq: steps.length + 1, t_ms: (steps.at(-1)?.[0] ?? 0) + 5_000 }];
}

async function framesOf(steps: Step[], policy?: FramePolicy): Promise<SampledFrame[]> {
  return collect(deriveFrames({ size: SIZE, events: recording(steps), policy }));
}

/** `seq@t_ms first row` of each frame. */
async function brief(steps: Step[], policy?: FramePolicy): Promise<string[]> {
  const frames = await framesOf(steps, policy);
  return frames.map(({ afterSeq, frame }) => `${afterSeq}@${frame.t_ms} ${frame.text[0]}`);
}

describe("createSampler", () => {
  it("keeps a screen that was settled for 100 ms, after the output that drew it", async () => {
    expect(
      await brief([
        [0, "a"],
        [30, "b"],
        [130, "c"],
        [229, "d"],
        [400, "e"],
      ]),
    ).toEqual(["2@30 ab", "4@229 abcd", "5@400 abcde"]);
  });

  it("keeps at most four a second while output continues", async () => {
    const steps = Array.from({ length: 100 }, (_, i): Step => [i * 20, `\r${i}`]);
    const times = (await framesOf(steps)).map(({ frame }) => frame.t_ms);
    expect(times).toEqual([240, 500, 760, 1020, 1280, 1540, 1800, 1980]);
  });

  it("delays a settled screen that follows the last one too soon", async () => {
    expect(
      await brief([
        [0, "a"],
        [120, "b"],
        [5_000, "c"],
      ]),
    ).toEqual(["1@0 a", "2@120 ab", "3@5000 abc"]);
    expect(
      await brief([
        [0, "a"],
        [120, "b"],
        [230, "c"],
      ]),
    ).toEqual(["1@0 a", "3@230 abc"]);
  });

  it("does not cut between reads of the same moment", async () => {
    const burst = Array.from({ length: 50 }, (_, i): Step => [1_000, String(i % 10)]);
    expect(await brief([[0, "start\r\n"], ...burst])).toHaveLength(2);
  });

  it("keeps the screen before an input", async () => {
    expect(
      await brief([
        [0, "a"],
        [5, "INPUT"],
        [6, "b"],
        [9, "INPUT"],
        [9, "INPUT"],
        [10, "c"],
      ]),
    ).toEqual(["1@0 a", "3@6 ab", "6@10 abc"]);
  });

  it("keeps the screen before and after a resize", async () => {
    const frames = await framesOf([
      [0, "a"],
      [5, { Rows: 2, Cols: 10 }],
      [6, "b"],
    ]);
    expect(frames.map(({ afterSeq, frame }) => [afterSeq, frame.size.Rows, frame.text[0]])).toEqual([
      [1, 3, "a"],
      [2, 2, "a"],
      [3, 2, "ab"],
    ]);
  });

  it("keeps the screen at a mark, after the mark", async () => {
    expect(
      await brief([
        [0, "a"],
        [5, "MARK"],
        [6, "b"],
      ]),
    ).toEqual(["2@5 a", "3@6 ab"]);
  });

  it("keeps identical screens once", async () => {
    expect(
      await brief([
        [0, "a"],
        [1_000, "\ra"],
        [2_000, "\ra"],
        [3_000, "MARK"],
      ]),
    ).toEqual(["1@0 a"]);
  });

  it("keeps one frame of a recording without output", async () => {
    expect(await brief([])).toEqual(["0@0 "]);
  });

  it("never shows synchronised output half drawn", async () => {
    expect(
      await brief([
        [0, "a"],
        [200, "\x1b[?2026h\rB"],
        [400, "INPUT"],
        [500, "C"],
        [700, "D\x1b[?2026l"],
      ]),
    ).toEqual(["1@0 a", "5@700 BCD"]);
  });

  it("shows synchronised output half drawn after a second", async () => {
    expect(
      await brief([
        [0, "a"],
        [200, "\x1b[?2026h\rB"],
        [1_300, "C"],
      ]),
    ).toEqual(["1@0 a", "2@200 B", "3@1300 BC"]);
  });

  it("joins the bytes of one frame to those of the next", async () => {
    const frames = await framesOf([
      [0, "abc"],
      [500, "d\xe9\x1b["],
      [900, "1mx"],
    ]);
    expect(frames.map(({ frame }) => [frame.raw_start, frame.raw_end])).toEqual([
      [0, 3],
      [3, 8],
      [8, 11],
    ]);
  });

  it("keeps a screen for every chunk when asked to", async () => {
    expect(
      await brief(
        [
          [0, "a"],
          [0, "b"],
          [1, "INPUT"],
          [1, "c"],
        ],
        { kind: "chunk" },
      ),
    ).toEqual(["1@0 a", "2@0 ab", "4@1 abc"]);
  });

  it("keeps a screen at an interval when asked to", async () => {
    const steps = Array.from({ length: 10 }, (_, i): Step => [i * 100, String(i)]);
    expect(await brief(steps, { kind: "interval", interval_ms: 400 })).toEqual([
      "4@300 0123",
      "8@700 01234567",
      "10@900 0123456789",
    ]);
  });

  it("has frames without cells by default", async () => {
    const emulator = createXtermEmulator(SIZE);
    const [event, final] = recording([[0, "a"]]) as [SampledEvent, SampledEvent];
    const sampler = createSampler({ emulator, cells: true });
    await sampler.observe(event);
    const [taken] = await sampler.observe(final);
    expect(taken?.frame.cells?.[0]?.[0]).toEqual({ Char: 97, Mode: 0, FG: 16777216, BG: 16777217 });
    expect((await framesOf([[0, "a"]]))[0]?.frame).not.toHaveProperty("cells");
  });
});
