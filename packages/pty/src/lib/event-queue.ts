import type { PtyEvent } from "@cassette/format";

/** What an event occupies besides its bytes, roughly: a million one-byte reads must not look like a megabyte. */
const EVENT_OVERHEAD = 200;

type Slot = { event: PtyEvent | Promise<PtyEvent>; cost: number };

/** Events in order, bounded by memory. Nothing pushed is ever dropped. */
export interface EventQueue {
  /** Appends; an event may still be waiting for a part of it. Returns whether there is room for more. */
  push(event: PtyEvent | Promise<PtyEvent>, byteLength: number): boolean;
  readonly hasRoom: boolean;
  /** After the last event. */
  end(): void;
  next(): Promise<IteratorResult<PtyEvent, undefined>>;
}

/** How much a queue may hold. */
export interface QueueLimits {
  /** Before anybody has taken anything. */
  unreadBytes: number;
  /** From then on. */
  readAheadBytes: number;
}

/** @param onRoom called when a full queue has room again. */
export function createEventQueue(limits: QueueLimits, onRoom: () => void): EventQueue {
  const slots: (Slot | undefined)[] = [];
  let head = 0;
  let held = 0;
  let limitBytes = limits.unreadBytes;
  let ended = false;
  let waiting: (() => void)[] = [];

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

  function notify(): void {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  }

  return {
    push(event, byteLength) {
      const cost = byteLength + EVENT_OVERHEAD;
      slots.push({ event, cost });
      held += cost;
      notify();
      return held < limitBytes;
    },
    get hasRoom() {
      return held < limitBytes;
    },
    end() {
      ended = true;
      notify();
    },
    async next() {
      limitBytes = limits.readAheadBytes;
      for (;;) {
        const slot = take();
        if (slot !== undefined) {
          const value = await slot.event;
          release(slot.cost);
          return { done: false, value };
        }
        if (ended) return { done: true, value: undefined };
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      }
    },
  };
}
