import type { Exit, FinalRecord, InputRecord, PtyEndEvent, PtyExit } from "@cassette/format";
import { signalName } from "@cassette/format";
import { sessionClosed } from "@cassette/format/session";
import { driveReplay } from "./drive-replay.js";
import type { ReplayState } from "./replay-state.js";
import { mismatch } from "./session-input.js";

const HUNG_UP: PtyExit = { code: null, signal: "SIGHUP" };

/** Plays the recording into the session's log and meets its input, to the recorded end or until stopped. Never rejects. */
export async function followRecording(replay: ReplayState): Promise<void> {
  const { setup, input, stop } = replay;
  const { cassette, pace } = setup;
  const handlers = {
    pace,
    onOutput: (bytes: Uint8Array, t_ms: number) => print(replay, bytes, t_ms),
    onInput: (record: InputRecord) => awaitAction(replay, record),
  };
  try {
    await driveReplay(cassette, handlers, stop.signal);
    if (input.isLeft && !replay.ending) throw mismatch("The recording ends before what was sent");
    replay.now = Math.max(replay.now, cassette.final.t_ms);
    end(replay, exitOf(cassette.final), cassette.final.metadata?.terminal_held === true ? "held" : "eof");
  } catch (error) {
    if (stop.signal.aborted) end(replay, HUNG_UP, "closed");
    else fail(replay, error);
  }
}

async function print(replay: ReplayState, bytes: Uint8Array, t_ms: number): Promise<void> {
  const { log, modes, room, stop } = replay;
  const { final } = replay.setup.cassette;
  if (replay.isLeaving) stop.abort();
  stop.signal.throwIfAborted();
  replay.now = t_ms;
  if (replay.printed === final.metadata?.exit_offset) leave(replay, exitOf(final));
  replay.printed += bytes.length;
  modes.read(bytes);
  const hasRoom = replay.isAfterInput ? log.output(bytes, Promise.resolve(null)) : log.output(bytes);
  replay.isAfterInput = false;
  if (!hasRoom && !replay.ending) await replay.input.acceptDuring(room.next());
}

/** Waits until the caller does what was recorded here. */
async function awaitAction(replay: ReplayState, record: InputRecord): Promise<boolean> {
  const { setup, input, actions, changes, standstill } = replay;
  if (record.kind !== "input" && !setup.waitsForAll) return true;
  replay.now = record.t_ms;
  replay.awaited = record;
  standstill.notify();
  if (record.kind === "input") await input.meet(record, changes.next);
  // What is sent to a program that is about to be ended is dropped.
  else if (record.signal === "SIGHUP" || record.signal === "SIGKILL")
    await actions.meet(record, changes.next);
  else await input.acceptDuring(actions.meet(record, changes.next));
  replay.awaited = null;
  setup.pace.restart(record.t_ms);
  return true;
}

/** The program has ended; its background processes may still print. */
function leave(replay: ReplayState, how: PtyExit): void {
  if (replay.exit.isSettled) return;
  replay.unwatch();
  const exit = replay.timedOut ? { ...how, timedOut: true } : how;
  replay.log.append({ kind: "exit", exit });
  replay.exit.resolve(exit);
  replay.input.end(sessionClosed());
}

function end(replay: ReplayState, how: PtyExit, reason: PtyEndEvent["reason"]): void {
  leave(replay, how);
  replay.log.end(reason);
}

function fail(replay: ReplayState, error: unknown): void {
  replay.unwatch();
  replay.exit.reject(error);
  replay.input.end(error);
  replay.log.fail(error);
}

function exitOf({ exit, metadata }: FinalRecord): PtyExit {
  return { ...howOf(exit), ...(metadata?.timed_out === true && { timedOut: true }) };
}

function howOf(exit?: Exit): PtyExit {
  if (!exit) return { code: null, signal: null };
  return exit.Signaled
    ? { code: null, signal: signalName(exit.Signal) ?? exit.Signal }
    : { code: exit.Code, signal: null };
}
