import type { Device, ReadResult } from "./device.js";
import type { Timers } from "./timers.js";

/** How reading ended. */
export type OutputEnd = "eof" | "held" | "error";

export interface OutputSink {
  /** Receives the bytes of one read; returns whether there is room for more. */
  bytes(bytes: Uint8Array): boolean;
  /** Called when all output from before the program's exit was received. */
  drained(): void;
  /** Called when reading fails although the program lives. */
  failed(): void;
  end(reason: OutputEnd): void;
}

/** Moves a device's output into a sink, no faster than the sink accepts it, until the real end. */
export interface OutputPump {
  start(): void;
  /** Call this when the sink has room again. */
  resume(): void;
  /** Call this when the program has ended; background processes may write for `graceMs` more. */
  exited(graceMs: number): void;
  /** Reads what is available, even if the sink is full, and stops. */
  stop(): void;
}

/** Consecutive reads before yielding to other work. */
const TURN_READS = 32;
/** Interval of the checks whether a process has opened the terminal again after the last one closed it. */
const REOPEN_POLL_MS = 20;
/** More than a terminal's buffer can hold: what is read beyond it was written after the grace. */
const LAST_BYTES = 262_144;

/** A pump's parts, and how far it is. */
interface PumpState {
  readonly device: Device;
  readonly sink: OutputSink;
  readonly timers: Timers;
  mode: "listening" | "draining" | "ended";
  hungUp: boolean;
  exited: boolean;
  drained: boolean;
  hasRoom: boolean;
  /** How much may still be read after the grace. */
  lastBytes: number | undefined;
  /** Whether a turn of reading is scheduled. */
  turnDue: boolean;
  cancelGrace: () => void;
  cancelPoll: () => void;
}

/**
 * A hang-up alone is not the end: all processes may have closed the terminal while the program lives and can open it
 * again. The end is a hang-up after the exit, with nothing left to read.
 */
export function createOutputPump(device: Device, sink: OutputSink, timers: Timers): OutputPump {
  const pump: PumpState = {
    device,
    sink,
    timers,
    mode: "listening",
    hungUp: false,
    exited: false,
    drained: false,
    hasRoom: true,
    lastBytes: undefined,
    turnDue: false,
    cancelGrace: () => {},
    cancelPoll: () => {},
  };
  return {
    start: () => device.listen({ onBytes: (bytes) => pass(pump, bytes), onHangup: () => hangUp(pump) }),
    resume: () => resume(pump),
    exited: (graceMs) => startGrace(pump, graceMs),
    stop: () => stop(pump),
  };
}

/** Hands bytes to the sink; returns whether it has room for more. */
function pass(pump: PumpState, bytes: Uint8Array): boolean {
  pump.hasRoom = pump.sink.bytes(bytes);
  return pump.hasRoom;
}

function hangUp(pump: PumpState): void {
  if (pump.hungUp) return;
  pump.hungUp = true;
  drain(pump);
}

function resume(pump: PumpState): void {
  pump.hasRoom = true;
  if (pump.mode === "listening") pump.device.resume();
  else drain(pump);
}

function startGrace(pump: PumpState, graceMs: number): void {
  pump.exited = true;
  pump.cancelPoll();
  drain(pump);
  pump.cancelGrace = pump.timers.after(graceMs, () => {
    pump.lastBytes = LAST_BYTES;
    drain(pump);
  });
}

/** From here on we read ourselves; libuv's notifications are only hints. */
function drain(pump: PumpState): void {
  if (pump.mode === "ended") return;
  if (pump.mode === "listening") pump.device.pause();
  pump.mode = "draining";
  if (pump.turnDue) return;
  pump.turnDue = true;
  pump.timers.soon(() => takeTurn(pump));
}

function takeTurn(pump: PumpState): void {
  pump.turnDue = false;
  for (let reads = 0; mayRead(pump); reads++) {
    const result = reads < TURN_READS ? pump.device.readNow() : "later";
    if (result instanceof Uint8Array) take(pump, result);
    else {
      if (result === "later") drain(pump);
      else settle(pump, result);
      return;
    }
  }
}

function mayRead({ mode, hasRoom }: PumpState): boolean {
  return mode === "draining" && hasRoom;
}

function take(pump: PumpState, bytes: Uint8Array): void {
  pass(pump, bytes);
  if (pump.lastBytes === undefined) return;
  pump.lastBytes -= bytes.length;
  if (pump.lastBytes <= 0) end(pump, "held");
}

/** There is nothing to read: decides whether this is the end, and otherwise for which process to wait. */
function settle(pump: PumpState, result: Exclude<ReadResult, Uint8Array>): void {
  if (pump.exited) settleAfterExit(pump, result);
  else if (result === "error") pump.sink.failed();
  else listenAgain(pump);
}

function settleAfterExit(pump: PumpState, result: Exclude<ReadResult, Uint8Array>): void {
  confirmDrained(pump);
  if (result !== "empty") end(pump, result === "error" ? "error" : "eof");
  else if (pump.lastBytes !== undefined) end(pump, "held");
  else listenAgain(pump);
}

function listenAgain(pump: PumpState): void {
  if (pump.hungUp) {
    pump.cancelPoll = pump.timers.after(REOPEN_POLL_MS, () => drain(pump));
  } else {
    pump.mode = "listening";
    pump.device.resume();
  }
}

function confirmDrained(pump: PumpState): void {
  if (pump.drained) return;
  pump.drained = true;
  pump.sink.drained();
}

function end(pump: PumpState, reason: OutputEnd): void {
  if (pump.mode === "ended") return;
  pump.device.pause();
  finish(pump);
  pump.sink.end(reason);
}

function stop(pump: PumpState): void {
  pump.hasRoom = true;
  readRest(pump);
  if (pump.mode !== "ended") finish(pump);
}

/** Reads without regard to the sink's room, until nothing is left or it is too much. */
function readRest(pump: PumpState): void {
  let left = LAST_BYTES;
  while (pump.mode !== "ended" && left > 0) {
    pump.device.pause();
    const result = pump.device.readNow();
    if (result === "hungup" && pump.exited) end(pump, "eof");
    if (!(result instanceof Uint8Array)) return;
    left -= result.length;
    pump.sink.bytes(result);
  }
}

function finish(pump: PumpState): void {
  pump.mode = "ended";
  pump.cancelGrace();
  pump.cancelPoll();
  if (pump.exited) confirmDrained(pump);
}
