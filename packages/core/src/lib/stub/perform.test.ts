import type { CassetteEvent } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { createInputMatcher } from "./input-matcher.js";
import { type PerformOptions, perform } from "./perform.js";

const final = { seq: 9, t_ms: 900, duration_ms: 900 };

/** "> " at 100, "go" at 300, then "done" at 700 and the end at 900. */
const recording = {
  final,
  async *events(): AsyncGenerator<CassetteEvent> {
    const output = (seq: number, t_ms: number, offset: number, length: number): CassetteEvent => ({
      seq,
      t_ms,
      kind: "output",
      record: { seq, t_ms, offset, length, sha256: "" },
    });
    yield output(1, 100, 0, 2);
    const typed = { seq: 2, t_ms: 300, kind: "input", bytes: Buffer.from("go") };
    yield { seq: 2, t_ms: 300, kind: "input", record: typed };
    yield output(3, 700, 2, 4);
  },
  bytes: async ({ offset, length }: { offset: number; length: number }) =>
    Buffer.from("> done").subarray(offset, offset + length),
};

/** Performs with these pieces of input, and tells what was printed and waited. */
async function run(pieces: string[], options: Partial<PerformOptions> = {}) {
  const matcher = createInputMatcher();
  const log: (string | number)[] = [];
  const result = await perform(recording, {
    matcher,
    print: (bytes) => void log.push(Buffer.from(bytes).toString()),
    async moreInput() {
      const piece = pieces.shift();
      if (piece !== undefined) matcher.arrive(Buffer.from(piece));
      return piece !== undefined;
    },
    createSleeper: () => async (gap) => void log.push(gap),
    ...options,
  });
  return { result, log };
}

describe("perform", () => {
  it("prints, waits for the input, goes on and ends", async () => {
    const { result, log } = await run(["g", "o"]);
    expect(log).toEqual(["> ", "done"]);
    expect(result).toEqual({ kind: "ended", final });
  });

  it("stops at a difference, at input that does not come, and tells what was not asked for", async () => {
    expect((await run(["stop"])).result).toMatchObject({ kind: "differs", at: 0, record: { seq: 2 } });
    expect((await run(["g"])).result).toMatchObject({ kind: "abandoned", record: { seq: 2 } });
    expect((await run(["go on"])).result).toMatchObject({ kind: "unused", got: Uint8Array.from(Buffer.from(" on")) });
  });

  it("keeps the gaps before output on request, counted anew from each input", async () => {
    expect((await run(["go"], { mode: "realtime" })).log).toEqual([100, "> ", 400, "done", 200]);
    expect((await run(["go"], { mode: "scaled", scale: 0.5 })).log).toEqual([50, "> ", 200, "done", 100]);
  });
});
