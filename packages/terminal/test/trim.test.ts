import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cassette, compareFrames, createReplayDriver, createStub, openCassette } from "@cassette/core";
import { cassetteExtras } from "@cassette/format";
import { type TrimOptions, trimRecording } from "@cassette/terminal/editing";
import { createEmulator, screensOf } from "@cassette/terminal/parts";
import { sealOptions } from "@cassette/terminal/scrubbing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasTmux, tmuxScreen } from "../../frames/test/tmux-screen.js";
import { cassetteOf, NAMES, stepsOf } from "./cassette-of.js";

const IS_SOAK = Boolean(process.env.CASSETTE_SOAK);
const CUTS = IS_SOAK ? 100 : 3;

const folder = mkdtempSync(join(tmpdir(), "trim-"));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;

async function trim(source: Cassette, options: Partial<TrimOptions>) {
  const target = join(folder, `cut-${++made}`);
  const trimmed = await trimRecording(source, { target, seal: sealOptions(null), ...options });
  return { trimmed, cut: await openCassette(target) };
}

/** The `seq` of each record of output. */
async function outputsOf(cassette: Cassette): Promise<number[]> {
  const found: number[] = [];
  for await (const { seq } of cassette.outputs()) found.push(seq);
  return found;
}

/** The `seq` of the first record of a source that a cut of it has, the end aside. */
async function firstKept(source: Cassette, cut: Cassette): Promise<number> {
  const { input, output, "service-event": events } = cut.counts;
  const found: number[] = [];
  for await (const { seq } of source.events({ kinds: ["input", "output", "service-event"] })) found.push(seq);
  return found[found.length - (input + output + events - 1)] ?? source.final.seq;
}

const wanted = { cells: true, details: true };

describe("trimRecording", () => {
  let sources: Cassette[] = [];
  beforeAll(async () => {
    sources = await Promise.all(NAMES.map((name) => cassetteOf(name, folder)));
  }, 60_000);
  afterAll(async () => {
    await Promise.all(sources.map((source) => source.close()));
  });

  it.each(NAMES.map((name, index) => [name, index] as const))(
    "shows the screens of its source from the cut on: %s",
    async (_name, index) => {
      const source = sources[index] as Cassette;
      const screens = screensOf(source);
      const original = await outputsOf(source);
      for (let round = 0; round < CUTS; round++) {
        const from = 1 + Math.floor(((round + 0.5) / CUTS) * (source.final.seq - 1));
        const { cut } = await trim(source, { from: { seq: from } });
        const cutScreens = screensOf(cut);
        const [restored, ...later] = await outputsOf(cut);
        const kept = original.slice(original.length - later.length);
        const before = { seq: (await firstKept(source, cut)) - 1 };
        const first = await cutScreens.at({ seq: restored ?? 0 }, wanted);
        expect(first.screen).toEqual((await screens.at(before, wanted)).screen);
        for (const [at, seq] of later.entries()) {
          const mine = await cutScreens.at({ seq }, wanted);
          const theirs = await screens.at({ seq: kept[at] ?? 0 }, wanted);
          expect(mine.screen).toEqual(theirs.screen);
        }
        expect(await compareFrames(cut, createEmulator)).toMatchObject({ result: "same" });
        cutScreens.close();
        await cut.close();
        rmSync(cut.dir, { recursive: true });
      }
      screens.close();
    },
    600_000,
  );

  it.skipIf(!hasTmux)(
    "shows in tmux what its source shows there",
    async () => {
      for (const source of sources.slice(0, IS_SOAK ? undefined : 4)) {
        const from = Math.floor(source.final.seq / 2);
        const { cut } = await trim(source, { from: { seq: from } });
        const [mine, theirs] = [await stepsOf(cut), await stepsOf(source)];
        expect(await tmuxScreen(mine.size, mine.steps)).toEqual(await tmuxScreen(theirs.size, theirs.steps));
      }
    },
    120_000,
  );

  it("begins at time 0, and says where it comes from", async () => {
    const [source] = sources as [Cassette];
    const { trimmed, cut } = await trim(source, { from: { input: 2 } });
    expect(trimmed.droppedInputs).toBe(1);
    expect(cassetteExtras(cut.manifest).cut).toMatchObject({
      of: source.manifest.id,
      content_sha256: source.manifest.content_digest.sha256,
      from_ms: trimmed.fromMs,
      dropped_inputs: 1,
    });
    expect((await cut.outputs().next()).value).toMatchObject({ t_ms: 0 });
    expect(cut.final.t_ms).toBe(source.final.t_ms - trimmed.fromMs);
    expect(cut.final.exit).toEqual(source.final.exit);
    expect(() => createStub(cut, {} as never)).toThrow(
      expect.objectContaining({ code: "CASSETTE_RECORDING_CUT" }),
    );
    await expect(createReplayDriver(cut).start({ argv: ["x"], rows: 24, cols: 80 })).rejects.toMatchObject({
      code: "CASSETTE_RECORDING_CUT",
    });
  });

  it("ends at a given time, without an exit, and stays fit for a stub", async () => {
    const [source] = sources as [Cassette];
    const { trimmed, cut } = await trim(source, { to: { t_ms: Math.floor(source.final.t_ms / 2) } });
    expect(trimmed.droppedInputs).toBe(0);
    expect(cut.final).toMatchObject({ metadata: { cut: true } });
    expect(cut.final.exit).toBeUndefined();
    expect(cut.final.t_ms).toBe(Math.floor(source.final.t_ms / 2));
  });

  it("shortens pauses and is faster, record by record", async () => {
    const [source] = sources as [Cassette];
    const { cut } = await trim(source, { maxIdleMs: 100, speed: 2 });
    const times: number[] = [];
    for await (const { t_ms } of cut.events()) times.push(t_ms);
    const pauses = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    expect(Math.max(...pauses)).toBeLessThanOrEqual(51);
    expect(cut.counts.output).toBe(source.counts.output);
  });

  it.each([
    ["an unknown mark", { from: { mark: "none" } }],
    ["a time after the end", { from: { t_ms: 1e9 } }],
    ["an input that was not typed", { to: { input: 9_999 } }],
    ["a record after the end", { to: { seq: 1e9 } }],
    ["an end before the beginning", { from: { seq: 20 }, to: { seq: 3 } }],
  ] as const)("refuses %s, and leaves nothing", async (_what, places) => {
    const [source] = sources as [Cassette];
    const before = readdirSync(folder);
    await expect(trim(source, places)).rejects.toMatchObject({ code: "CASSETTE_CUT_INVALID" });
    expect(readdirSync(folder)).toEqual(before);
  });

  it("keeps a mark at which it ends, and one at which it begins", async () => {
    const [source] = sources as [Cassette];
    for (const places of [{ from: { mark: "the end" } }, { to: { mark: "the end" } }]) {
      const { cut } = await trim(source, places);
      expect(cut.counts["service-event"]).toBe(1);
    }
  });
});
