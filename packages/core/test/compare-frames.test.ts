import { join } from "node:path";
import { CassetteError, type TerminalSize } from "@cassette/format";
import { describe, expect, it } from "vitest";
import {
  type Cassette,
  compareFrames,
  createRecorder,
  differingFrames,
  type FrameDraft,
  openCassette,
} from "../src/index.js";
import { createLineEmulator } from "./support/line-emulator.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const cursor = { Row: 0, Col: 0, Visible: true };

/** Records two chunks with a resize between them, and a frame after each; after the first alone for null. */
async function cassetteWith(second: Partial<FrameDraft> | null = {}): Promise<Cassette> {
  const dir = join(temporaryDirectory(), "cassette");
  const emulator = { name: "lines", version: "1" };
  const recorder = await createRecorder(dir, {
    manifest: { terminal: { initial_rows: 1, initial_cols: 9, emulator } },
  });
  recorder.recordOutput(Buffer.from("one"));
  recorder.recordFrame({ size: { Rows: 1, Cols: 9 }, text: ["one"], cursor, raw_end: 3 });
  recorder.recordInput({ kind: "resize", size: { Rows: 2, Cols: 9 } });
  recorder.recordOutput(Buffer.from("\ntwo"));
  const whole = { size: { Rows: 2, Cols: 9 }, text: ["one", "two"], cursor, raw_start: 3, raw_end: 7 };
  if (second) recorder.recordFrame({ ...whole, ...second });
  recorder.recordFinal();
  await recorder.close();
  return openCassette(dir);
}

describe("compareFrames", () => {
  it("derives the same frames again", async () => {
    await using cassette = await cassetteWith();
    expect(await compareFrames(cassette, createLineEmulator)).toEqual({ result: "same", frames: 2 });
  });

  it.each<[string, Partial<FrameDraft>]>([
    ["text", { text: ["one", "tow"] }],
    ["size", { size: { Rows: 3, Cols: 9 } }],
    ["cursor", { cursor: { Row: 1, Col: 0, Visible: true } }],
    ["title", { title: "other" }],
    ["raw_end", { raw_end: 5 }],
    ["cells", { cells: [[{ Char: 1, Mode: 0, FG: 0, BG: 0 }]] }],
  ])("names the frame that differs from the bytes, by its %s", async (part, change) => {
    await using cassette = await cassetteWith(change);
    const comparison = await compareFrames(cassette, createLineEmulator);
    expect(comparison).toEqual({ result: "differs", frames: 2, seq: 5, part });
  });

  describe.each(["feed", "resize"] as const)("when the emulator cannot %s", (action) => {
    const failing = (code: "CASSETTE_DRAWING_TOO_COSTLY" | "CASSETTE_ARTIFACT_CHANGED", after: number) => {
      let calls = 0;
      return (size: TerminalSize) => {
        const emulator = createLineEmulator(size);
        const fail = () => {
          throw new CassetteError(code, "It fails.");
        };
        const feed = async (bytes: Uint8Array) => (calls++ < after ? emulator.feed(bytes) : fail());
        return action === "feed" ? { ...emulator, feed } : { ...emulator, resize: fail };
      };
    };

    it("fails when frames follow", async () => {
      await using cassette = await cassetteWith();
      const compared = compareFrames(cassette, failing("CASSETTE_DRAWING_TOO_COSTLY", 1));
      await expect(compared).rejects.toMatchObject({ code: "CASSETTE_DRAWING_TOO_COSTLY" });
    });

    it("says where it stopped when no frame follows", async () => {
      await using cassette = await cassetteWith(null);
      const compared = compareFrames(cassette, failing("CASSETTE_DRAWING_TOO_COSTLY", 1));
      expect(await compared).toEqual({ result: "same", frames: 1, stoppedAt: 3 });
    });

    it("passes other errors on", async () => {
      await using cassette = await cassetteWith(null);
      const compared = compareFrames(cassette, failing("CASSETTE_ARTIFACT_CHANGED", 1));
      await expect(compared).rejects.toMatchObject({ code: "CASSETTE_ARTIFACT_CHANGED" });
    });
  });

  it("has no result with another emulator", async () => {
    await using cassette = await cassetteWith();
    const other = (size: Parameters<typeof createLineEmulator>[0]) => ({
      ...createLineEmulator(size),
      identity: { name: "lines", version: "2" },
    });
    expect(await compareFrames(cassette, other)).toEqual({ result: "unavailable", frames: 0 });
  });
});

describe("differingFrames", () => {
  it("gives every frame that differs with its parts and rows, whatever emulator made it", async () => {
    await using cassette = await cassetteWith({ text: ["one", "tow"], title: "other" });
    const newer = (size: TerminalSize) => ({
      ...createLineEmulator(size),
      identity: { name: "lines", version: "2" },
    });
    const frames = differingFrames(cassette, newer);
    expect((await frames.next()).value).toEqual({
      seq: 5,
      t_ms: expect.any(Number),
      frame: 2,
      parts: ["text", "title"],
      rows: [1],
    });
    expect(await frames.next()).toEqual({ done: true, value: { frames: 2 } });
  });

  it("gives none for equal frames", async () => {
    await using cassette = await cassetteWith();
    expect(await differingFrames(cassette, createLineEmulator).next()).toEqual({
      done: true,
      value: { frames: 2 },
    });
  });
});
