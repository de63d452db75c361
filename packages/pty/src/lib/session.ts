import type { KillReport, PtyExit, PtySession, TerminalSize } from "@cassette/format";
import {
  checkSignal,
  checkSize,
  createEventLog,
  createInputCalls,
  createModeTracker,
  type EventLog,
  type ModeTracker,
  type QueuedInput,
  sessionClosed,
} from "@cassette/format/session";
import type { Device } from "./device.js";
import { type AcceptedInput, createInputQueue, type InputQueue } from "./input-queue.js";
import { createOutputPump, type OutputEnd, type OutputPump, type OutputSink } from "./output-pump.js";
import type { SessionSetup } from "./session-options.js";
import { type TerminationReport, terminate } from "./termination.js";

/** A session's parts, and what has become of its program. */
interface SessionState {
  readonly device: Device;
  readonly setup: SessionSetup;
  readonly modes: ModeTracker;
  readonly log: EventLog;
  readonly pump: OutputPump;
  readonly input: InputQueue;
  /** Resolves when the session has handled the exit. */
  readonly exited: Promise<PtyExit>;
  /** Whether input was sent since the last output: the next is logged with the terminal's modes. */
  modesDue: boolean;
  exit: PtyExit | undefined;
  timedOut: boolean;
  /** Whether the log has its end. */
  ended: boolean;
  ending: Promise<TerminationReport> | undefined;
  closing: Promise<KillReport> | undefined;
  /** Forgets the time limit and the caller's signal. */
  release: () => void;
}

/** A session over any device: order, limits, lifecycle; everything that does not depend on the source of the bytes. */
export function createSession(device: Device, setup: SessionSetup): PtySession {
  const session = assemble(device, setup);
  session.release = watchLimits(session);
  session.pump.start();
  const close = async () => void (await shutDownOnce(session));
  return {
    pid: device.pid,
    events: () => session.log.read(),
    output: () => session.log.readOutput(),
    ...createInputCalls((item) => queue(session, item), session.modes),
    resize: async (size) => resize(session, size),
    signal: async (name) => signal(session, name),
    kill: () => kill(session),
    wait: () => session.exited,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function assemble(device: Device, setup: SessionSetup): SessionState {
  const { limits, clock, timers } = setup;
  const sink: OutputSink = {
    bytes: (bytes) => takeOutput(session, bytes),
    drained: () => logExit(session),
    failed: () => void endProcesses(session),
    end: (reason) => finish(session, reason),
  };
  const session: SessionState = {
    device,
    setup,
    modes: createModeTracker(),
    log: createEventLog({ clock, limits, onRoom: () => session.pump.resume() }),
    pump: createOutputPump(device, sink, timers),
    input: createInputQueue(device, limits.inputBytes, timers, (sent) => logInput(session, sent)),
    exited: device.exited.then((how) => takeExit(session, how)),
    modesDue: false,
    exit: undefined,
    timedOut: false,
    ended: false,
    ending: undefined,
    closing: undefined,
    release: () => {},
  };
  return session;
}

/** Ends the processes at the time limit, or when the caller aborts. @returns what stops watching for both. */
function watchLimits(session: SessionState): () => void {
  const { timeoutMs, timers, signal: caller } = session.setup;
  const cancelTimeout = timeoutMs === undefined ? () => {} : timers.after(timeoutMs, () => expire(session));
  const abort = () => void endProcesses(session);
  caller?.addEventListener("abort", abort, { once: true });
  return () => {
    cancelTimeout();
    caller?.removeEventListener("abort", abort);
  };
}

function expire(session: SessionState): void {
  session.timedOut = true;
  void endProcesses(session);
}

function takeOutput(session: SessionState, bytes: Uint8Array): boolean {
  session.modes.read(bytes);
  if (!session.modesDue) return session.log.output(bytes);
  session.modesDue = false;
  return session.log.output(bytes, session.device.modes());
}

function logInput(session: SessionState, sent: AcceptedInput): void {
  session.modesDue = true;
  session.log.append({ kind: "input", ...sent });
}

function takeExit(session: SessionState, how: PtyExit): PtyExit {
  const exit = session.timedOut ? { ...how, timedOut: true } : how;
  session.exit = exit;
  session.release();
  session.input.close();
  session.pump.exited(session.setup.limits.exitGraceMs);
  return exit;
}

function logExit({ exit, log }: SessionState): void {
  if (exit !== undefined) log.append({ kind: "exit", exit });
}

function finish(session: SessionState, reason: OutputEnd | "closed"): void {
  if (session.ended) return;
  session.ended = true;
  session.log.end(reason);
}

function isOver({ exit, closing }: SessionState): boolean {
  return exit !== undefined || closing !== undefined;
}

function queue(session: SessionState, item: QueuedInput): Promise<void> {
  return isOver(session) ? Promise.reject(sessionClosed()) : session.input.add(item);
}

function resize(session: SessionState, size: TerminalSize): void {
  checkSize(size);
  if (isOver(session)) throw sessionClosed();
  session.device.resize(size);
  session.log.append({ kind: "resize", size: { rows: size.rows, cols: size.cols } });
}

function signal(session: SessionState, name: string): void {
  checkSignal(name);
  if (isOver(session) || !session.device.signal(name)) throw sessionClosed();
  session.log.append({ kind: "signal", signal: name });
}

function endProcesses(session: SessionState): Promise<TerminationReport> {
  const { device, setup, log } = session;
  session.ending ??= terminate({
    device,
    timers: setup.timers,
    graceMs: setup.limits.killGraceMs,
    onSignal: (name) => session.ended || log.append({ kind: "signal", signal: name }),
  }).finally(() => {
    session.ending = undefined;
  });
  return session.ending;
}

async function kill(session: SessionState): Promise<KillReport> {
  if (session.closing !== undefined) {
    await session.closing;
    return { forced: false, survivors: [] };
  }
  const { forced, members } = await endProcesses(session);
  const strays = session.closing === undefined ? await session.device.processes.strays() : [];
  return { forced, survivors: [...new Set([...members, ...strays])] };
}

function shutDownOnce(session: SessionState): Promise<KillReport> {
  session.closing ??= shutDown(session);
  return session.closing;
}

async function shutDown(session: SessionState): Promise<KillReport> {
  const { device, input, pump } = session;
  input.close();
  const { forced, members } = await endProcesses(session);
  if (!members.includes(device.pid)) await session.exited;
  pump.stop();
  finish(session, "closed");
  session.release();
  device.close();
  return { forced, survivors: members };
}
