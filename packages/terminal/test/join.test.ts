import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Cassette,
  compareFrames,
  createRecorder,
  createStub,
  openCassette,
  readMarks,
} from "@cassette/core";
import { cassetteExtras, type Screen } from "@cassette/format";
import { joinRecordings, trimRecording } from "@cassette/terminal/editing";
import { createEmulator } from "@cassette/terminal/parts";
import { type ScrubSettings, sealOptions } from "@cassette/terminal/scrubbing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasTmux, tmuxScreen } from "../../frames/test/tmux-screen.js";
import { cassetteOf, NAMES, stepsOf } from "./cassette-of.js";

const JOINS = process.env.CASSETTE_SOAK ? 200 : 8;

const folder = mkdtempSync(join(tmpdir(), "join-"));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;

async function joined(parts: Cassette[], settings: ScrubSettings | null = null): Promise<Cassette> {
  const target = join(folder, `joined-${++made}`);
  await joinRecordings(parts, { target, seal: sealOptions(settings) });
  return openCassette(target, { integrity: "required" });
}

/** The screen after each record that is not a frame. */
async function screensOf(cassette: Cassette): Promise<Screen[]> {
  const { initial_rows: rows, initial_cols: cols, emulator: like } = cassette.manifest.terminal;
  const emulator = createEmulator({ rows, cols }, like);
  const screens: Screen[] = [];
  for await (const event of cassette.events({ kinds: ["input", "output", "service-event"] })) {
    if (event.kind === "output") await emulator.feed(await cassette.bytes(event.record));
    if (event.kind === "input" && event.record.size)
      emulator.resize({ rows: event.record.size.Rows, cols: event.record.size.Cols });
    screens.push(emulator.snapshot({ cells: true, details: true }));
  }
  emulator.close();
  return screens;
}

type Size = readonly [rows: number, cols: number];

/** Records some output on a terminal of a size. */
async function recorded(output: string[], code: number, [rows, cols]: Size = [6, 20]): Promise<Cassette> {
  let now = 0;
  const dir = join(folder, `part-${++made}`);
  const recorder = await createRecorder(dir, {
    manifest: { terminal: { initial_rows: rows, initial_cols: cols }, timing: { resolution_ms: 1 } },
    clock: { now: () => 0, monotonic: () => now },
    integrity: true,
  });
  for (const text of output) {
    now += 100;
    recorder.recordOutput(Buffer.from(text));
    recorder.recordInput({ bytes: Buffer.from("k") });
  }
  recorder.recordFinal({ exit: { Code: code, Signal: "", Exited: true, Signaled: false } });
  await recorder.seal(sealOptions({}));
  return openCassette(dir);
}

describe("joinRecordings", () => {
  let sources: Cassette[] = [];
  beforeAll(async () => {
    sources = await Promise.all(NAMES.map((name) => cassetteOf(name, folder)));
  }, 60_000);
  afterAll(async () => {
    await Promise.all(sources.map((source) => source.close()));
  });

  it("shows in each part what that recording showed", { timeout: 1_800_000 }, async () => {
    const several = fc.array(fc.nat(NAMES.length - 1), { minLength: 2, maxLength: 3 });
    const drawn = new Map<number, Promise<Screen[]>>();
    const screensIn = (index: number) => {
      const screens = drawn.get(index) ?? screensOf(sources[index] as Cassette);
      drawn.set(index, screens);
      return screens;
    };
    await fc.assert(
      fc.asyncProperty(several, async (chosen) => {
        const whole = await joined(chosen.map((index) => sources[index] as Cassette));
        const screens = await screensOf(whole);
        for (const [at, index] of chosen.entries()) {
          const expected = await screensIn(index);
          if (at > 0)
            expect(screens.splice(0, boundaryLength(screens)).at(-1)).toEqual(
              emptyScreen(sources[index] as Cassette),
            );
          expect(screens.splice(0, expected.length)).toEqual(expected);
        }
        expect(screens).toEqual([]);
        expect(await compareFrames(whole, createEmulator)).toMatchObject({ result: "same" });
        await whole.close();
        rmSync(whole.dir, { recursive: true });
      }),
      { numRuns: JOINS },
    );
  });

  it.skipIf(!hasTmux)(
    "shows in tmux at the end what the last part shows there",
    { timeout: 120_000 },
    async () => {
      const pairs = [...NAMES.keys()].map((index) => [index, (index + 3) % NAMES.length] as const);
      for (const [one, other] of pairs) {
        const [first, last] = [sources[one] as Cassette, sources[other] as Cassette];
        const whole = await joined([first, last]);
        const [mine, theirs] = [await stepsOf(whole), await stepsOf(last)];
        expect([NAMES[one], await tmuxScreen(mine.size, mine.steps)]).toEqual([
          NAMES[one],
          await tmuxScreen(theirs.size, theirs.steps),
        ]);
        await whole.close();
      }
    },
  );

  it("resets what a part leaves behind, and keeps the order of inputs, marks and exits", async () => {
    const leavings =
      "\x1b[?1049h\x1b[2;3r\x1b[?6h\x1b[31;44mred\x1b(0\x1b[?25l\x1b[4h\x1b]2;title\x07\x1b[22t\x1b]2;half";
    const parts = [
      await recorded(["one", leavings], 3, [6, 20]),
      await recorded(["two\xe2\x82"], 0, [8, 30]),
      await recorded(["three", "four"], 4, [8, 30]),
    ];
    const whole = await joined(parts, {});
    const kinds: string[] = [];
    for await (const { kind, record, t_ms } of whole.events({ kinds: ["input", "output", "service-event"] }))
      kinds.push(`${t_ms} ${kind === "input" ? record.kind : kind}`);
    expect(kinds).toEqual([
      ...["100 output", "100 input", "200 output", "200 input"],
      ...["200 service-event", "200 output", "200 resize"],
      ...["300 output", "300 input", "300 service-event", "300 output"],
      ...["400 output", "400 input", "500 output", "500 input"],
    ]);
    expect((await readMarks(whole)).map(({ label }) => label)).toEqual([
      "part 1 ended: exit 3",
      "part 2 ended: exit 0",
    ]);
    expect(whole.final).toMatchObject({ exit: { Code: 4 }, duration_ms: 500 });
    const screens = await screensOf(whole);
    expect(screens.slice(-4)).toEqual(await screensOf(parts[2] as Cassette));
    expect(cassetteExtras(whole.manifest).joined).toEqual(
      parts.map(({ manifest }, index) => ({
        of: manifest.id,
        at_ms: [0, 200, 300][index],
        content_sha256: manifest.content_digest.sha256,
      })),
    );
    expect(() => createStub(whole, { write() {} })).not.toThrow();
  });

  it("masks what is a secret now, and then notes no digest", async () => {
    const parts = [await recorded(["hunter2-is-the-word"], 0), await recorded(["b"], 0)];
    const whole = await joined(parts, { secrets: ["hunter2-is-the-word"] });
    expect(whole.scrubReport.status).toBe("redacted");
    for (const file of readdirSync(whole.dir))
      expect(readFileSync(join(whole.dir, file), "utf8")).not.toContain("hunter2");
    expect(JSON.stringify(cassetteExtras(whole.manifest).joined)).not.toContain("sha256");
  });

  it("cannot stand in for a program where a part lacks inputs", async () => {
    const [source, other] = [await recorded(["a", "b", "c"], 0), await recorded(["d"], 0)];
    const target = join(folder, "cut");
    await trimRecording(source, { target, seal: sealOptions(null), from: { input: 2 } });
    const whole = await joined([other, await openCassette(target)]);
    expect(() => createStub(whole, { write() {} })).toThrow(
      expect.objectContaining({ code: "CASSETTE_RECORDING_CUT" }),
    );
  });

  it("refuses a single part, and leaves nothing", async () => {
    const part = await recorded(["a"], 0);
    const before = readdirSync(folder);
    await expect(joined([part])).rejects.toMatchObject({ code: "CASSETTE_JOIN_INVALID" });
    expect(readdirSync(folder)).toEqual(before);
  });
});

/** Records between two parts: a mark, the reset, and a resize unless the sizes are equal. */
function boundaryLength(screens: Screen[]): number {
  const [, reset, next] = screens;
  const isResized = reset?.size.Rows !== next?.size.Rows || reset?.size.Cols !== next?.size.Cols;
  return isResized ? 3 : 2;
}

function emptyScreen({ manifest: { terminal } }: Cassette): Screen {
  const emulator = createEmulator(
    { rows: terminal.initial_rows, cols: terminal.initial_cols },
    terminal.emulator,
  );
  const screen = emulator.snapshot({ cells: true, details: true });
  emulator.close();
  return screen;
}
