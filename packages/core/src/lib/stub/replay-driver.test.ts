import type { CassetteEvent, FinalRecord, InputRecord, PtyEvent, PtySession } from "@cassette/format";
import { describe, expect, it } from "vitest";
import type { Cassette } from "../reader/cassette.js";
import { createReplayDriver, type ReplayDriverOptions } from "./replay-driver.js";

type Recorded = [t_ms: number, event: string | Partial<InputRecord>];

/** An open cassette of outputs and inputs. */
function recordingOf(recorded: Recorded[], final: Partial<FinalRecord> = {}): Cassette {
  const events = recorded.map(([t_ms, what], index) => {
    const seq = index + 1;
    return typeof what === "string"
      ? { seq, t_ms, kind: "output", record: what }
      : { seq, t_ms, kind: "input", record: { seq, t_ms, kind: "input", ...what } };
  });
  return {
    manifest: {},
    final: { seq: recorded.length + 1, t_ms: 5_000, duration_ms: 5_000, ...final },
    async *events() {
      yield* events as unknown as CassetteEvent[];
    },
    bytes: async (text: unknown) => Buffer.from(String(text)),
  } as unknown as Cassette;
}

const GREETING: Recorded[] = [
  [100, "name? "],
  [1_100, { bytes: Buffer.from("Ada\r") }],
  [1_200, { kind: "resize", size: { Rows: 30, Cols: 90 } }],
  [1_600, "hello"],
];

function start(options?: ReplayDriverOptions): Promise<PtySession> {
  const driver = createReplayDriver(recordingOf(GREETING), options);
  return driver.start({ argv: ["greeter"], rows: 24, cols: 80 });
}

async function take(session: PtySession): Promise<PtyEvent[]> {
  const events: PtyEvent[] = [];
  for await (const event of session.events()) events.push(event);
  return events;
}

describe("createReplayDriver", () => {
  it("keeps the recording's times, and waits for nothing but input", async () => {
    await using session = await start();
    void session.sendText("Ada\r");
    const events = await take(session);
    expect(events.map(({ seq, t_ms, kind }) => [seq, t_ms, kind])).toEqual([
      [1, 100, "output"],
      [2, 1_100, "input"],
      [3, 1_600, "output"],
      [4, 5_000, "exit"],
      [5, 5_000, "end"],
    ]);
  });

  it("waits the recorded gaps on a virtual clock, without the time spent waiting for the driver", async () => {
    const asked: number[] = [];
    const sleeper = async (ms: number) => void asked.push(ms);
    await using session = await start({ mode: "scaled", scale: 2, sleeper });
    void session.sendText("Ada\r");
    await take(session);
    expect(asked).toEqual([200, 1_000, 6_800]);
  });

  it("waits for resizes too on request, and takes no other size", async () => {
    await using session = await start({ waitsFor: "everything" });
    void session.sendText("Ada\r");
    const events = take(session);
    await session.resize({ rows: 30, cols: 90 });
    expect((await events).map(({ kind }) => kind)).toEqual([
      "resize",
      "output",
      "input",
      "output",
      "exit",
      "end",
    ]);
    await using other = await start({ waitsFor: "everything" });
    void other.sendText("Ada\r");
    await other.resize({ rows: 31, cols: 90 });
    await expect(take(other)).rejects.toMatchObject({ code: "CASSETTE_REPLAY_MISMATCH", seq: 3 });
    await expect(other.wait()).rejects.toMatchObject({ code: "CASSETTE_REPLAY_MISMATCH" });
  });

  it("takes the same key however it was encoded, and what a normaliser makes the same", async () => {
    const recorded: Recorded[] = [
      [0, { bytes: Buffer.from("\x1bOA"), key: "up" }],
      [0, { bytes: Buffer.from("12:00:01") }],
    ];
    const driver = createReplayDriver(recordingOf(recorded), {
      normalise: (text) => text.replace(/\d/g, "0"),
    });
    await using session = await driver.start({ argv: ["x"], rows: 24, cols: 80 });
    await session.sendKey("Up");
    await session.sendText("13:37:00");
    expect(await session.wait()).toEqual({ code: null, signal: null });
  });

  it("reports a hang-up if a session is closed while it plays in real time", async () => {
    const session = await start({ mode: "realtime" });
    await session.close();
    expect(await session.wait()).toEqual({ code: null, signal: "SIGHUP" });
    expect((await take(session)).map(({ kind }) => kind)).toEqual(["signal", "exit", "end"]);
  });

  it("reports how the program ended, and what came after that", async () => {
    const exit = { Code: -1, Signal: "terminated", Exited: false, Signaled: true, Err: null };
    const metadata = { timed_out: true, exit_offset: 5, terminal_held: true };
    const recorded: Recorded[] = [
      [0, "early"],
      [100, "late"],
    ];
    const driver = createReplayDriver(recordingOf(recorded, { exit, metadata }));
    await using session = await driver.start({ argv: ["x"], rows: 24, cols: 80 });
    const events = await take(session);
    expect(events.map(({ kind }) => kind)).toEqual(["output", "exit", "output", "end"]);
    expect(await session.wait()).toEqual({ code: null, signal: "SIGTERM", timedOut: true });
    expect(events.at(-1)).toMatchObject({ reason: "held", totalBytes: 9 });
  });
});
