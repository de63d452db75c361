import { describe, expect, it } from "vitest";
import { RECORDINGS, type Recording } from "../../../test/recordings.js";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";
import { openScreens } from "./open-screens.js";

/** A small distance, so that short recordings have many checkpoints. */
const CLOSE = 64;

async function* after({ events }: Recording, seq: number) {
  yield* events.filter((event) => event.seq > seq);
}

const open = (recording: Recording, options = {}) =>
  openScreens({
    size: recording.size,
    events: (seq) => after(recording, seq),
    checkpointEvery: CLOSE,
    lastResize: async () => recording.events.findLast(({ kind }) => kind === "resize")?.seq ?? 0,
    ...options,
  });

/** The screen after each event, from one replay. */
async function replayed({ size, events }: Recording) {
  const emulator = createXtermEmulator(size);
  const screens = [emulator.snapshot({ cells: true })];
  for (const event of events) {
    if (event.kind === "output") await emulator.feed(event.bytes);
    if (event.kind === "resize") emulator.resize({ rows: event.size.Rows, cols: event.size.Cols });
    screens.push(emulator.snapshot({ cells: true }));
  }
  emulator.close();
  return screens;
}

const named = (name: string) => RECORDINGS.find((recording) => recording.name === name) as Recording;

describe("openScreens", () => {
  it.each(RECORDINGS.map((recording) => [recording.name, recording] as const))(
    "shows at every moment what a replay shows, in any order: %s",
    async (_name, recording) => {
      const drawn = (await replayed(recording)).map((screen) => JSON.stringify(screen));
      const screens = open(recording);
      const last = recording.events.length - 1;
      const backwards = Array.from({ length: last + 1 }, (_, index) => last - index);
      const criss = backwards.map((seq, index) => (index % 2 ? seq : last - seq));
      for (const seq of [...backwards, ...criss]) {
        const found = await screens.at({ seq }, { cells: true });
        expect(found.afterSeq).toBe(seq);
        expect(JSON.stringify(found.screen)).toBe(drawn[seq]);
      }
      screens.close();
    },
  );

  it("shows the same where it does not know the last resize, from larger checkpoints", async () => {
    const recording = named("log-flood");
    const [knowing, unknowing] = [open(recording), open(recording, { lastResize: undefined })];
    for (const seq of [recording.events.length - 1, 3, 7]) {
      expect(await unknowing.at({ seq })).toEqual(await knowing.at({ seq }));
    }
    expect(unknowing.checkpointBytes).toBeGreaterThan(1.5 * knowing.checkpointBytes);
    for (const screens of [knowing, unknowing]) screens.close();
  });

  it("finds a moment by time", async () => {
    const recording = named("top");
    const screens = open(recording);
    const times = [1, 2_000, 300, 700, 0, 5_000];
    for (const t_ms of times) {
      const found = await screens.at({ t_ms });
      const last = recording.events.findLast((event) => event.t_ms <= t_ms && event.kind !== "final");
      expect([found.afterSeq, found.t_ms]).toEqual([last?.seq ?? 0, last?.t_ms ?? 0]);
    }
    screens.close();
  });

  it("shows the empty screen before the first event", async () => {
    const screens = open(named("cjk"));
    expect((await screens.at({ seq: 0 })).screen.text).toEqual(Array.from({ length: 10 }, () => ""));
  });

  it("answers calls made at once in their order", async () => {
    const recording = named("top");
    const expected = await replayed(recording);
    const screens = open(recording);
    const found = await Promise.all([9, 2, 5, 1].map((seq) => screens.at({ seq }, { cells: true })));
    expect(found.map(({ screen }) => screen)).toEqual([9, 2, 5, 1].map((seq) => expected[seq]));
  });

  it("reads no more than lies between two checkpoints once it is prepared", async () => {
    const recording = named("log-flood");
    let read = 0;
    const events = async function* (seq: number) {
      for await (const event of after(recording, seq)) {
        if (event.kind === "output") read += event.bytes.length;
        yield event;
      }
    };
    const screens = open(recording, { events, checkpointEvery: 4_096 });
    await screens.prepare();
    const longest = Math.max(
      ...recording.events.map((event) => (event.kind === "output" ? event.bytes.length : 0)),
    );
    for (const seq of [8, 3, 6, 1, 7]) {
      read = 0;
      await screens.at({ seq });
      expect(read).toBeLessThanOrEqual(4_096 + 2 * longest);
    }
    expect(screens.checkpointBytes).toBeGreaterThan(0);
  });

  it("answers while it prepares, and stops preparing when closed", async () => {
    const recording = named("log-flood");
    const expected = await replayed(recording);
    let read = 0;
    const events = async function* (seq: number) {
      for await (const event of after(recording, seq)) {
        read++;
        yield event;
        await new Promise(setImmediate);
      }
    };
    const screens = open(recording, { events });
    const prepared = screens.prepare();
    for (const seq of [5, 2, 8])
      expect((await screens.at({ seq }, { cells: true })).screen).toEqual(expected[seq]);
    await prepared;
    const another = open(recording, { events });
    read = 0;
    const stopped = another.prepare();
    another.close();
    await stopped;
    expect(read).toBeLessThan(3);
  });

  it("stops drawing when aborted, and still draws the next moment", async () => {
    const recording = named("log-flood");
    const expected = await replayed(recording);
    const watch = new AbortController();
    const events = async function* (seq: number) {
      for await (const event of after(recording, seq)) {
        if (event.seq === 5) watch.abort(new Error("something else is wanted"));
        await new Promise(setImmediate);
        yield event;
      }
    };
    for (const isPrepared of [false, true]) {
      const screens = open(recording, { events });
      const prepared = isPrepared ? screens.prepare() : null;
      const far = screens.at({ seq: 8 }, { signal: watch.signal });
      const near = screens.at({ seq: 3 }, { cells: true });
      await expect(far).rejects.toThrow("something else is wanted");
      expect((await near).screen).toEqual(expected[3]);
      await prepared;
    }
  });

  it("replays from the start where the emulator has no checkpoints", async () => {
    const recording = named("top");
    const expected = await replayed(recording);
    const screens = open(recording, {
      createEmulator: (size: { rows: number; cols: number }) => ({
        ...createXtermEmulator(size),
        checkpoint: undefined,
      }),
    });
    for (const seq of [9, 4])
      expect((await screens.at({ seq }, { cells: true })).screen).toEqual(expected[seq]);
  });
});
