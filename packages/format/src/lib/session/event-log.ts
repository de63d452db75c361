import type { Clock } from "../clock.js";
import type { KnownModes, PtyEndEvent, PtyEvent, PtyOutputEvent } from "../pty-port.js";
import { createEventQueue, type QueueLimits } from "./event-queue.js";

/** An event without `seq` and `t_ms`. */
type Unplaced<T> = T extends PtyEvent ? Omit<T, "seq" | "t_ms"> : never;

/** Numbers and times all events of a session, in one order. */
export interface EventLog {
  append(event: Unplaced<Exclude<PtyEvent, { kind: "output" | "end" }>>): void;
  /** Returns whether there is room for more. `modes` may be a promise; later events wait for it. */
  output(bytes: Uint8Array, modes?: Promise<KnownModes>): boolean;
  end(reason: PtyEndEvent["reason"]): void;
  /** Ends the stream with an error after all earlier events. */
  fail(error: unknown): void;
  /** @throws TypeError at the second iteration: there is one stream for both. */
  read(): AsyncIterableIterator<PtyEvent>;
  readOutput(): AsyncIterableIterator<PtyOutputEvent>;
}

/** What an event log needs. */
export interface EventLogOptions {
  /** Events are timed from the log's creation on. */
  clock: Clock;
  limits: QueueLimits;
  /** Called when a full log has room again. */
  onRoom: () => void;
}

/** Makes an empty log. */
export function createEventLog({ clock, limits, onRoom }: EventLogOptions): EventLog {
  const start = clock.monotonic();
  const queue = createEventQueue(limits, onRoom);
  let seq = 0;
  let offset = 0;
  let claimed = false;

  const elapsed = () => clock.monotonic() - start;

  function claim(): void {
    if (claimed) throw new TypeError("A session's events can be read once, by events() or by output().");
    claimed = true;
  }

  function place(event: Unplaced<PtyEvent>): PtyEvent {
    return { seq: ++seq, t_ms: elapsed(), ...event };
  }

  return {
    append(event) {
      queue.push(place(event), event.kind === "input" ? event.bytes.length : 0);
    },
    output(bytes, modes) {
      const event: PtyOutputEvent = { seq: ++seq, t_ms: elapsed(), kind: "output", offset, bytes };
      offset += bytes.length;
      return queue.push(modes?.then((known) => ({ ...event, modes: known })) ?? event, bytes.length);
    },
    end(reason) {
      queue.push(place({ kind: "end", reason, totalBytes: offset }), 0);
      queue.end();
    },
    fail(error) {
      const failure = Promise.reject(error);
      // The consumer that reads this far receives it; there may be none.
      failure.catch(() => {});
      queue.push(failure, 0);
      queue.end();
    },
    read() {
      claim();
      return iterate(queue.next);
    },
    readOutput() {
      claim();
      return iterate(async () => {
        for (;;) {
          const result = await queue.next();
          if (result.done) return result;
          if (result.value.kind === "output") return { done: false, value: result.value };
        }
      });
    },
  };
}

/** Leaving the loop early only stops reading: the program then blocks, as for any slow reader. */
function iterate<T>(next: () => Promise<IteratorResult<T, undefined>>): AsyncIterableIterator<T> {
  return {
    next,
    return: async () => ({ done: true, value: undefined }),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
