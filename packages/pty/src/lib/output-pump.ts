import type { Device, ReadResult } from "./device.js";
import type { Timers } from "./timers.js";

/** How reading ended. */
export type OutputEnd = "eof" | "held" | "error";

export interface OutputSink {
  /** Takes the bytes of one read; returns whether there is room for more. */
  bytes(bytes: Uint8Array): boolean;
  /** All that the program itself had written before its exit has been taken. */
  drained(): void;
  /** Nothing can be read any more although the program lives. */
  failed(): void;
  end(reason: OutputEnd): void;
}

/** Moves a device's output into a sink, no faster than that takes it, until the true end. */
export interface OutputPump {
  start(): void;
  /** The sink has room again. */
  resume(): void;
  /** The program has ended; processes it left running may write for `graceMs` more. */
  exited(graceMs: number): void;
  /** Takes what is there, room or not, and stops. */
  stop(): void;
}

/** Reads in a row before others get their turn. */
const TURN_READS = 32;
/** How often to look whether a process has opened the terminal again after the last one had closed it. */
const REOPEN_POLL_MS = 20;
/** More than a terminal's buffer can hold: what is read beyond it was written after the grace. */
const LAST_BYTES = 262_144;

/**
 * A hang-up alone is not the end: everybody may have closed the terminal while the program lives and can open it
 * again. The end is a hang-up after the exit, with nothing left to read.
 */
export function createOutputPump(device: Device, sink: OutputSink, timers: Timers): OutputPump {
  let mode: "listening" | "draining" | "ended" = "listening";
  let hungUp = false;
  let exited = false;
  let drained = false;
  let room = true;
  /** Once the grace is over: how much may still be read. */
  let lastBytes: number | undefined;
  let turnDue = false;
  let cancelGrace = () => {};
  let cancelPoll = () => {};

  function onBytes(bytes: Uint8Array): boolean {
    room = sink.bytes(bytes);
    return room;
  }

  /** From here on we read ourselves; what libuv says is only a hint. */
  function drain(): void {
    if (mode === "ended") return;
    if (mode === "listening") device.pause();
    mode = "draining";
    if (turnDue) return;
    turnDue = true;
    timers.soon(takeTurn);
  }

  function takeTurn(): void {
    turnDue = false;
    for (let reads = 0; mode === "draining" && room; reads++) {
      const result = reads < TURN_READS ? device.readNow() : "later";
      if (result instanceof Uint8Array) take(result);
      else {
        if (result === "later") drain();
        else settle(result);
        return;
      }
    }
  }

  function take(bytes: Uint8Array): void {
    onBytes(bytes);
    if (lastBytes === undefined) return;
    lastBytes -= bytes.length;
    if (lastBytes <= 0) end("held");
  }

  /** There is nothing to read: is this the end, or whom to wait for? */
  function settle(result: Exclude<ReadResult, Uint8Array>): void {
    if (exited) settleAfterExit(result);
    else if (result === "error") sink.failed();
    else listenAgain();
  }

  function settleAfterExit(result: Exclude<ReadResult, Uint8Array>): void {
    confirmDrained();
    if (result !== "empty") end(result === "error" ? "error" : "eof");
    else if (lastBytes !== undefined) end("held");
    else listenAgain();
  }

  function listenAgain(): void {
    if (hungUp) {
      cancelPoll = timers.after(REOPEN_POLL_MS, drain);
    } else {
      mode = "listening";
      device.resume();
    }
  }

  function confirmDrained(): void {
    if (drained) return;
    drained = true;
    sink.drained();
  }

  function end(reason: OutputEnd): void {
    if (mode === "ended") return;
    mode = "ended";
    cancelGrace();
    cancelPoll();
    device.pause();
    if (exited) confirmDrained();
    sink.end(reason);
  }

  function onHangup(): void {
    if (hungUp) return;
    hungUp = true;
    drain();
  }

  return {
    start: () => device.listen({ onBytes, onHangup }),
    resume() {
      room = true;
      if (mode === "listening") device.resume();
      else drain();
    },
    exited(graceMs) {
      exited = true;
      cancelPoll();
      drain();
      cancelGrace = timers.after(graceMs, () => {
        lastBytes = LAST_BYTES;
        drain();
      });
    },
    stop() {
      room = true;
      let left = LAST_BYTES;
      while (mode !== "ended" && left > 0) {
        device.pause();
        const result = device.readNow();
        if (result === "hungup" && exited) end("eof");
        if (!(result instanceof Uint8Array)) break;
        left -= result.length;
        sink.bytes(result);
      }
      if (mode === "ended") return;
      mode = "ended";
      cancelGrace();
      cancelPoll();
      if (exited) confirmDrained();
    },
  };
}
