import type { InputOrigin, KnownModes } from "@cassette/format";
import { inputOverflow, type QueuedInput, sessionClosed } from "@cassette/format/session";
import type { Device } from "./device.js";
import type { Timers } from "./timers.js";

/** The part of the input that the terminal took at once. */
export interface AcceptedInput {
  bytes: Uint8Array;
  key?: string;
  origin: InputOrigin;
  modes: KnownModes;
}

/** Sends in order, one after the other, no faster than the program reads. */
export interface InputQueue {
  /** Resolves when the terminal has taken all of it. */
  add(input: QueuedInput): Promise<void>;
  /** Rejects all pending and later input. */
  close(): void;
}

interface Waiting extends QueuedInput {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** A full terminal is offered the rest after this delay, then after twice that, up to the maximum. */
const PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 8;

/** @param onSent called in the same turn as the write, so that no output can come between. */
export function createInputQueue(
  device: Device,
  limitBytes: number,
  timers: Timers,
  onSent: (sent: AcceptedInput) => void,
): InputQueue {
  const waiting: Waiting[] = [];
  let queuedBytes = 0;
  let running = false;
  let closed = false;

  async function run(): Promise<void> {
    running = true;
    for (let input = waiting[0]; input !== undefined; input = waiting[0]) {
      try {
        await sendOne(input);
        input.resolve();
      } catch (error) {
        input.reject(error);
      }
      if (waiting.shift() !== undefined) queuedBytes -= input.byteLength;
    }
    running = false;
  }

  async function sendOne({ encode, key, origin }: QueuedInput): Promise<void> {
    const modes = await device.modes();
    if (closed) throw sessionClosed();
    const bytes = encode(modes === "unreadable" ? null : modes);
    let pauseMs = PAUSE_MS;
    for (let at = 0; at < bytes.length; ) {
      const taken = offer(bytes.subarray(at));
      if (taken > 0) {
        const whole = taken === bytes.length;
        onSent({
          bytes: bytes.subarray(at, at + taken),
          origin,
          modes,
          ...(whole && key !== undefined && { key }),
        });
        at += taken;
        pauseMs = PAUSE_MS;
      } else {
        await timers.pause(pauseMs);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
        if (closed) throw sessionClosed();
      }
    }
  }

  function offer(bytes: Uint8Array): number {
    try {
      return device.write(bytes);
    } catch {
      throw sessionClosed();
    }
  }

  return {
    add(input) {
      if (closed) return Promise.reject(sessionClosed());
      if (queuedBytes + input.byteLength > limitBytes) return Promise.reject(inputOverflow(limitBytes));
      return new Promise((resolve, reject) => {
        waiting.push({ ...input, resolve, reject });
        queuedBytes += input.byteLength;
        if (!running) void run();
      });
    },
    close() {
      closed = true;
      // The first is being sent; its own loop notices that the queue is closed.
      for (const input of waiting.splice(1)) input.reject(sessionClosed());
      queuedBytes = 0;
    },
  };
}
