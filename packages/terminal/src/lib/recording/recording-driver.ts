import {
  isCassetteError,
  type PtyDriver,
  type PtyEvent,
  type PtySession,
  type PtyStartOptions,
} from "@cassette/format";
import { prepareRecording } from "./prepare-recording.js";
import { createSessionRecorder, type SessionRecorder } from "./session-recorder.js";

/**
 * Makes a driver whose sessions become a cassette: scrubbed, verified, and in place of an older one, once the program has ended by
 * itself. Of a session that is closed before, as by a test that fails, nothing is kept.
 * @param target path of the cassette to make.
 * @param driver runs the program. A session without a process, as of a replay, is not recorded.
 * @param options.keepsBrokenOff keeps a session that is closed before its program has ended, too, marked as interrupted.
 * @returns a driver; its sessions' events end with the CassetteError of the recorder when no cassette could be made.
 */
export function createRecordingDriver(
  target: string,
  driver: PtyDriver,
  { keepsBrokenOff = false }: { keepsBrokenOff?: boolean } = {},
): PtyDriver {
  return {
    async start(options) {
      const recording = await openRecording(target, driver, options);
      const session = await driver.start(options).catch(async (error) => {
        await recording.recorder.abort();
        throw error;
      });
      if (session.pid > 0) return recordedSession(session, recording, { ...FIRST, keepsBrokenOff });
      recording[Symbol.dispose]();
      await recording.recorder.abort();
      return session;
    },
  };
}

/** How far a session has come. */
interface Lifecycle {
  hasExited: boolean;
  /** It was ended from outside while the program ran. */
  isBrokenOff: boolean;
  readonly keepsBrokenOff: boolean;
  /** Whether the caller takes its events, and so makes the cassette. */
  isRead: boolean;
}

const FIRST = { hasExited: false, isBrokenOff: false, isRead: false };

async function openRecording(
  target: string,
  driver: PtyDriver,
  { argv, cwd, env = process.env, rows, cols, timeoutMs }: PtyStartOptions,
): Promise<SessionRecorder> {
  const size = { rows, cols };
  const plan = await prepareRecording({ target, argv, cwd, env, size, timeoutMs, overwrite: true, driver });
  return createSessionRecorder(plan);
}

function recordedSession(session: PtySession, recording: SessionRecorder, lifecycle: Lifecycle): PtySession {
  const events = () => recordedEvents(session, recording, lifecycle);
  const breakOff = <T>(action: () => Promise<T>) => {
    lifecycle.isBrokenOff = !lifecycle.hasExited;
    return action();
  };
  const close = async () => {
    await breakOff(session.close);
    // This also removes a session whose events were never read.
    if (!lifecycle.keepsBrokenOff || !lifecycle.isRead) await recording.recorder.abort();
  };
  return {
    ...session,
    events,
    async *output() {
      for await (const event of events()) if (event.kind === "output") yield event;
    },
    mark: recording.mark,
    kill: () => breakOff(session.kill),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Of two sessions that record the same cassette at a time, the one that ends first makes it. */
async function sealUnlessBeaten(recording: SessionRecorder, interrupted: boolean): Promise<void> {
  try {
    await recording.seal({ interrupted });
  } catch (error) {
    if (!isCassetteError(error, "CASSETTE_TARGET_EXISTS")) throw error;
  }
}

/** Passes the events on, and makes a cassette of them before the last one. */
async function* recordedEvents(
  session: PtySession,
  recording: SessionRecorder,
  lifecycle: Lifecycle,
): AsyncGenerator<PtyEvent, void> {
  const { emulator, recorder } = recording;
  lifecycle.isRead = true;
  try {
    for await (const event of recording.events(session)) {
      if (event.kind === "exit") lifecycle.hasExited = true;
      if (event.kind === "output") await emulator.feed(event.bytes);
      if (event.kind === "resize") emulator.resize(event.size);
      // The caller that drives the session replies.
      emulator.takeReplies();
      const isWhole = lifecycle.hasExited && !lifecycle.isBrokenOff;
      if (event.kind === "end" && (isWhole || lifecycle.keepsBrokenOff))
        await sealUnlessBeaten(recording, !isWhole);
      yield event;
    }
  } finally {
    recording[Symbol.dispose]();
    // No effect once the cassette exists.
    await recorder.abort();
  }
}
