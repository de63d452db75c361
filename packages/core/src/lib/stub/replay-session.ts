import type {
  Exit,
  FinalRecord,
  InputRecord,
  KillReport,
  PtyEndEvent,
  PtyExit,
  PtySession,
  TerminalSize,
} from "@cassette/format";
import { signalName } from "@cassette/format";
import {
  checkSignal,
  checkSize,
  createEventLog,
  createInputCalls,
  createModeTracker,
  type QueuedInput,
  sessionClosed,
} from "@cassette/format/session";
import type { Cassette } from "../reader/cassette.js";
import { createDeferred } from "./deferred.js";
import { driveReplay } from "./drive-replay.js";
import { createNotifier } from "./notifier.js";
import type { Pace } from "./pace.js";
import { createRecordedActions } from "./recorded-actions.js";
import { createSessionInput, mismatch } from "./session-input.js";

/** Setup of a replayed session. */
export interface ReplaySessionSetup {
  cassette: Cassette;
  pace: Pace;
  /** Whether resizes and signals are awaited, too. */
  waitsForAll: boolean;
  normalise?: (text: string) => string;
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Called once, when the session is closed. */
  release: () => Promise<void>;
}

/** The same limit as for a session of a real program. */
const LIMITS = { unreadBytes: 8 * 1024 * 1024, readAheadBytes: 256 * 1024 };
const HUNG_UP: PtyExit = { code: null, signal: "SIGHUP" };

/** A session that replays a recording, with its times. */
export function createReplaySession(setup: ReplaySessionSetup): PtySession {
  const { cassette, pace, waitsForAll, normalise } = setup;
  let now = 0;
  const modes = createModeTracker();
  const stop = new AbortController();
  /** Notifies of: an action on the session; space in a full log; the recording waiting for something. */
  const changes = createNotifier(stop.signal);
  const room = createNotifier(stop.signal);
  const standstill = createNotifier(stop.signal);
  const clock = { now: () => now, monotonic: () => now };
  const log = createEventLog({ clock, limits: LIMITS, onRoom: room.notify });
  const input = createSessionInput((sent) => {
    isAfterInput = true;
    log.append(sent);
  }, normalise);
  const actions = createRecordedActions();
  const exit = createDeferred<PtyExit>();
  let awaited: InputRecord | null = null;
  let isAfterInput = false;
  let isLeaving = false;
  let printed = 0;
  let timedOut = false;
  let ending: Promise<KillReport> | undefined;
  let closing: Promise<void> | undefined;

  const expire = () => {
    timedOut = true;
    void kill();
  };
  const timer = setup.timeoutMs === undefined ? undefined : setTimeout(expire, setup.timeoutMs);
  const abort = () => void kill();
  setup.signal?.addEventListener("abort", abort, { once: true });
  const ended = run();

  async function run(): Promise<void> {
    try {
      await driveReplay(cassette, { pace, onOutput, onInput }, stop.signal);
      if (input.isLeft && !ending) throw mismatch("The recording ends before what was sent.");
      now = Math.max(now, cassette.final.t_ms);
      end(exitOf(cassette.final), cassette.final.metadata?.terminal_held === true ? "held" : "eof");
    } catch (error) {
      if (stop.signal.aborted) end(HUNG_UP, "closed");
      else fail(error);
    }
  }

  async function onOutput(bytes: Uint8Array, t_ms: number): Promise<void> {
    if (isLeaving) stop.abort();
    stop.signal.throwIfAborted();
    now = t_ms;
    if (printed === cassette.final.metadata?.exit_offset) leave(exitOf(cassette.final));
    printed += bytes.length;
    modes.read(bytes);
    const hasRoom = isAfterInput ? log.output(bytes, Promise.resolve(null)) : log.output(bytes);
    isAfterInput = false;
    if (!hasRoom && !ending) await room.next();
  }

  async function onInput(record: InputRecord): Promise<boolean> {
    if (record.kind !== "input" && !waitsForAll) return true;
    now = record.t_ms;
    awaited = record;
    standstill.notify();
    await (record.kind === "input" ? input : actions).meet(record, changes.next);
    awaited = null;
    pace.restart(record.t_ms);
    return true;
  }

  /** The program has ended; its background processes may still print. */
  function leave(how: PtyExit): void {
    if (exit.isSettled) return;
    clearTimeout(timer);
    setup.signal?.removeEventListener("abort", abort);
    const known = timedOut ? { ...how, timedOut } : how;
    log.append({ kind: "exit", exit: known });
    exit.resolve(known);
    input.end(sessionClosed());
  }

  function end(how: PtyExit, reason: PtyEndEvent["reason"]): void {
    leave(how);
    log.end(reason);
  }

  function fail(error: unknown): void {
    clearTimeout(timer);
    setup.signal?.removeEventListener("abort", abort);
    exit.reject(error);
    input.end(error);
    log.fail(error);
  }

  /** Ends as in the recording, if the recording has reached its end; otherwise at once. */
  async function hangUp(): Promise<KillReport> {
    log.append({ kind: "signal", signal: "SIGHUP" });
    await standStill();
    const forced = (await goesOn("SIGHUP")) && awaited?.signal === "SIGKILL";
    if (forced) log.append({ kind: "signal", signal: "SIGKILL" });
    if (forced) await goesOn("SIGKILL");
    stop.abort();
    await ended;
    return { forced, survivors: [] };
  }

  /** Lets the recording reach its next wait, unless it would print before that, or takes too long. */
  async function standStill(): Promise<void> {
    if (awaited !== null || !waitsForAll || !pace.isCollapsed) return;
    isLeaving = true;
    room.notify();
    await nextStop();
    isLeaving = false;
  }

  /** Resolves when the recording waits for something, or has ended; an abort counts as an end. */
  function nextStop(): Promise<void> {
    return Promise.race([ended, standstill.next().catch(() => ended)]);
  }

  /** Sends a signal that the recording waits for; afterwards it has ended, or waits for something else. */
  async function goesOn(signal: string): Promise<boolean> {
    if (awaited?.signal !== signal) return false;
    const next = nextStop();
    actions.signalled(signal);
    changes.notify();
    await next;
    return true;
  }

  async function kill(): Promise<KillReport> {
    if (exit.isSettled && !ending) return { forced: false, survivors: [] };
    ending ??= hangUp();
    return ending;
  }

  function close(): Promise<void> {
    closing ??= kill().then(async () => {
      stop.abort();
      await ended;
      await setup.release();
    });
    return closing;
  }

  function demandRunning(): void {
    if (exit.isSettled || closing) throw sessionClosed();
  }

  async function queue(sent: QueuedInput): Promise<void> {
    demandRunning();
    const taken = input.add(sent);
    changes.notify();
    await taken;
  }

  return {
    pid: 0,
    events: () => log.read(),
    output: () => log.readOutput(),
    ...createInputCalls(queue, modes),
    async resize(size: TerminalSize) {
      checkSize(size);
      demandRunning();
      log.append({ kind: "resize", size: { rows: size.rows, cols: size.cols } });
      actions.resized(size);
      changes.notify();
    },
    async signal(name) {
      checkSignal(name);
      demandRunning();
      log.append({ kind: "signal", signal: name });
      actions.signalled(name);
      changes.notify();
    },
    kill,
    wait: () => exit.promise,
    close,
    [Symbol.asyncDispose]: close,
  };
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
