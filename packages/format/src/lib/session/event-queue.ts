import type { PtyEvent } from "../pty-port.js";

/** Approximate size of an event besides its bytes: a million one-byte reads take more than a megabyte. */
const EVENT_OVERHEAD = 200;

type Slot = { event: PtyEvent | Promise<PtyEvent>; cost: number };

/** Events in order, bounded by memory. Nothing pushed is ever dropped. */
export interface EventQueue {
  /** Appends; an event may still be waiting for a part of it. Returns whether there is room for more. */
  push(event: PtyEvent | Promise<PtyEvent>, byteLength: number): boolean;
  /** After the last event. */
  end(): void;
  next(): Promise<IteratorResult<PtyEvent, undefined>>;
}

/** Limits of a queue, in bytes. */
export interface QueueLimits {
  /** Before the first read. */
  unreadBytes: number;
  /** From then on. */
  readAheadBytes: number;
}

type Result = IteratorResult<PtyEvent, undefined>;

const END: Result = { done: true, value: undefined };

/** @param onRoom called when a full queue has room again. */
export function createEventQueue(limits: QueueLimits, onRoom: () => void): EventQueue {
  const slots: (Slot | undefined)[] = [];
  const waiting: ((result: Result | Promise<Result>) => void)[] = [];
  let head = 0;
  let held = 0;
  let limitBytes = limits.unreadBytes;
  let ended = false;

  function take(): Slot | undefined {
    const slot = slots[head];
    if (slot === undefined) return undefined;
    slots[head++] = undefined;
    if (head === slots.length) {
      slots.length = 0;
      head = 0;
    } else if (head > 4096 && head * 2 > slots.length) {
      slots.splice(0, head);
      head = 0;
    }
    return slot;
  }

  function release(cost: number): void {
    const wasFull = held >= limitBytes;
    held -= cost;
    if (wasFull && held < limitBytes) onRoom();
  }

  /** Serves waiting readers in order. */
  function serve(): void {
    while (waiting.length > 0) {
      const slot = take();
      if (slot === undefined && !ended) return;
      waiting.shift()?.(slot === undefined ? END : resultOf(slot.event));
      if (slot !== undefined) release(slot.cost);
    }
  }

  return {
    push(event, byteLength) {
      const cost = byteLength + EVENT_OVERHEAD;
      slots.push({ event, cost });
      held += cost;
      serve();
      return held < limitBytes;
    },
    end() {
      ended = true;
      serve();
    },
    next() {
      limitBytes = limits.readAheadBytes;
      return new Promise((resolve) => {
        waiting.push(resolve);
        serve();
      });
    },
  };
}

function resultOf(event: PtyEvent | Promise<PtyEvent>): Result | Promise<Result> {
  return event instanceof Promise
    ? event.then((value) => ({ done: false, value }))
    : { done: false, value: event };
}
