import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRecorder } from "@cassette/core";
import { createReplayDriver } from "@cassette/core/reader";
import type { PtyEvent, PtySession } from "@cassette/format";
import { createPtyDriver } from "@cassette/pty";
import { type SessionHarness, sessionBehaviours } from "@cassette/pty/suite";
import { describe, it } from "vitest";
import { temporaryDirectory } from "./sample-cassette.js";

const size = { rows: 24, cols: 80 };

/** A session that is recorded as it is read. */
interface RecordedSession {
  session: PtySession;
  /** Reads what has not been read, and resolves when the cassette is complete. */
  finish(): Promise<void>;
}

async function recordSession(session: PtySession, target: string): Promise<RecordedSession> {
  let now = 0;
  const recorder = await createRecorder(target, {
    clock: { now: () => now, monotonic: () => now },
    manifest: { terminal: { initial_rows: size.rows, initial_cols: size.cols } },
  });
  let isClaimed = false;
  let isRead = false;
  let notifyDone = () => {};
  const done = new Promise<void>((resolve) => {
    notifyDone = resolve;
  });

  async function* record(): AsyncGenerator<PtyEvent, void> {
    isRead = true;
    for await (const event of session.events()) {
      now = event.t_ms;
      recorder.recordSessionEvent(event);
      await recorder.drain();
      yield event;
    }
    recorder.recordFinal();
    await recorder.close();
    notifyDone();
  }
  const events = record();

  function claim(): void {
    if (isClaimed) throw new TypeError("Read already.");
    isClaimed = true;
  }
  return {
    session: {
      ...session,
      events() {
        claim();
        return events;
      },
      output() {
        claim();
        return outputOf(events);
      },
    },
    async finish() {
      if (!isRead) for await (const _ of events);
      await done;
    },
  };
}

async function* outputOf(events: AsyncIterable<PtyEvent>) {
  for await (const event of events) if (event.kind === "output") yield event;
}

/** Real sessions, recorded one after the other into a folder. */
function recordingHarness(folder: string): SessionHarness & { finish(): Promise<void> } {
  const driver = createPtyDriver({ killGraceMs: 300, exitGraceMs: 1_500 });
  const recorded: RecordedSession[] = [];
  return {
    async start({ argv }, options) {
      const session = await driver.start({ argv, ...size, ...options });
      const one = await recordSession(session, join(folder, `${recorded.length}`));
      recorded.push(one);
      return one.session;
    },
    elapse: (ms) => sleep(ms),
    async finish() {
      for (const one of recorded) await one.finish();
    },
  };
}

/** The same sessions, from the folder. */
function replayHarness(folder: string): SessionHarness {
  let count = 0;
  return {
    async start({ argv }, options) {
      const driver = createReplayDriver(join(folder, `${count}`), { waitsFor: "everything" });
      const session = await driver.start({ argv, ...size, ...options });
      count++;
      return session;
    },
    elapse: (ms) => sleep(ms),
    knowsNoModes: true,
  };
}

describe("createReplayDriver: a session", () => {
  for (const { name, check } of sessionBehaviours) {
    it(`${name}, as it was recorded`, async () => {
      const folder = temporaryDirectory();
      const real = recordingHarness(folder);
      await check(real);
      await real.finish();
      await check(replayHarness(folder));
    });
  }
});
