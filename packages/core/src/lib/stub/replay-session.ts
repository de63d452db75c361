import type { KillReport, PtySession, TerminalSize } from "@cassette/format";
import {
  checkSignal,
  checkSize,
  createInputCalls,
  type QueuedInput,
  sessionClosed,
} from "@cassette/format/session";
import { followRecording } from "./follow-recording.js";
import { createReplayState, type ReplaySessionSetup, type ReplayState } from "./replay-state.js";

/** A session that replays a recording, with its times. */
export function createReplaySession(setup: ReplaySessionSetup): PtySession {
  const replay = createReplayState(setup);
  replay.unwatch = watchLimits(replay);
  replay.ended = followRecording(replay);
  return {
    pid: 0,
    awaited: () => replay.awaited?.seq ?? null,
    events: () => replay.log.read(),
    output: () => replay.log.readOutput(),
    ...createInputCalls((sent) => send(replay, sent), replay.modes),
    resize: async (size) => resize(replay, size),
    signal: async (name) => signal(replay, name),
    kill: () => kill(replay),
    wait: () => replay.exit.promise,
    close: () => close(replay),
    [Symbol.asyncDispose]: () => close(replay),
  };
}

/** Ends the session at the time limit, or when the caller aborts. @returns what stops watching for both. */
function watchLimits(replay: ReplayState): () => void {
  const { timeoutMs, signal: caller } = replay.setup;
  const timer = timeoutMs === undefined ? undefined : setTimeout(expire, timeoutMs, replay);
  const abort = () => void kill(replay);
  caller?.addEventListener("abort", abort, { once: true });
  return () => {
    clearTimeout(timer);
    caller?.removeEventListener("abort", abort);
  };
}

function expire(replay: ReplayState): void {
  replay.timedOut = true;
  void kill(replay);
}

function demandRunning({ exit, closing }: ReplayState): void {
  if (exit.isSettled || closing) throw sessionClosed();
}

async function send(replay: ReplayState, sent: QueuedInput): Promise<void> {
  demandRunning(replay);
  const taken = replay.input.add(sent);
  replay.changes.notify();
  await taken;
}

function resize(replay: ReplayState, size: TerminalSize): void {
  checkSize(size);
  demandRunning(replay);
  replay.log.append({ kind: "resize", size: { rows: size.rows, cols: size.cols } });
  replay.actions.resized(size);
  replay.changes.notify();
}

function signal(replay: ReplayState, name: string): void {
  checkSignal(name);
  demandRunning(replay);
  replay.log.append({ kind: "signal", signal: name });
  replay.actions.signalled(name);
  replay.changes.notify();
}

async function kill(replay: ReplayState): Promise<KillReport> {
  if (replay.exit.isSettled && !replay.ending) return { forced: false, survivors: [] };
  replay.ending ??= hangUp(replay);
  return replay.ending;
}

/** Ends as in the recording, if the recording has reached its end; otherwise at once. */
async function hangUp(replay: ReplayState): Promise<KillReport> {
  replay.log.append({ kind: "signal", signal: "SIGHUP" });
  await standStill(replay);
  const forced = (await goesOn(replay, "SIGHUP")) && replay.awaited?.signal === "SIGKILL";
  if (forced) replay.log.append({ kind: "signal", signal: "SIGKILL" });
  if (forced) await goesOn(replay, "SIGKILL");
  replay.stop.abort();
  await replay.ended;
  return { forced, survivors: [] };
}

/** Lets the recording reach its next wait, unless it would print before that, or takes too long. */
async function standStill(replay: ReplayState): Promise<void> {
  const { pace, waitsForAll } = replay.setup;
  if (replay.awaited !== null || !waitsForAll || !pace.isCollapsed) return;
  replay.isLeaving = true;
  replay.room.notify();
  await nextStop(replay);
  replay.isLeaving = false;
}

/** Resolves when the recording waits for something, or has ended; an abort counts as an end. */
function nextStop({ ended, standstill }: ReplayState): Promise<void> {
  return Promise.race([ended, standstill.next().catch(() => ended)]);
}

/** Sends a signal that the recording waits for; afterwards it has ended, or waits for something else. */
async function goesOn(replay: ReplayState, name: string): Promise<boolean> {
  if (replay.awaited?.signal !== name) return false;
  const next = nextStop(replay);
  replay.actions.signalled(name);
  replay.changes.notify();
  await next;
  return true;
}

function close(replay: ReplayState): Promise<void> {
  replay.closing ??= shutDown(replay);
  return replay.closing;
}

async function shutDown(replay: ReplayState): Promise<void> {
  await kill(replay);
  replay.stop.abort();
  await replay.ended;
  await replay.setup.release();
}
