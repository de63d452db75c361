import {
  CassetteError,
  type InputRecord,
  type KnownModes,
  type PtyInputEvent,
  type TerminalModes,
} from "@cassette/format";
import { inputOverflow, type QueuedInput } from "@cassette/format/session";
import { createInputMatcher } from "./input-matcher.js";

/** Input that waits until the recording reaches it. */
export interface SessionInput {
  /**
   * Resolves when the recording has reached it, and it is what was recorded there, or the beginning of that.
   * @throws CassetteError `CASSETTE_INPUT_OVERFLOW`, or the reason passed to `end`.
   */
  add(input: QueuedInput): Promise<void>;
  /** Resolves when this record was sent. @throws CassetteError `CASSETTE_REPLAY_MISMATCH` */
  meet(record: InputRecord, nextChange: () => Promise<void>): Promise<void>;
  /**
   * Waits for something that only the caller can do: read, resize or signal. Until then what is sent is accepted at once, as a
   * terminal does, and compared later.
   */
  acceptDuring(held: Promise<void>): Promise<void>;
  /** Whether there is input that is not in the recording. */
  readonly isLeft: boolean;
  /** Rejects all pending and later input. */
  end(reason: unknown): void;
}

interface Waiting extends QueuedInput {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Limit for pending input. */
const LIMIT_BYTES = 4 * 1024 * 1024;
const UNSEEN: TerminalModes = { canonical: true, echo: false };

/**
 * @param onSent called at the moment at which the recording received it.
 * @param normalise maps inputs that count as equal to the same text.
 */
export function createSessionInput(
  onSent: (sent: Omit<PtyInputEvent, "seq" | "t_ms">) => void,
  normalise?: (text: string) => string,
): SessionInput {
  const matcher = createInputMatcher(normalise);
  const waiting: Waiting[] = [];
  /** Sent, but not yet consumed by the recording; with the number of bytes sent up to its end. */
  const sent: (Waiting & { end: number })[] = [];
  let [sentBytes, queuedBytes] = [0, 0];
  let acceptsAll = false;
  let over: { reason: unknown } | null = null;

  /** Sends the next pending input. Replies are skipped: a recording contains those of its own terminal. */
  function sendNext(modes: KnownModes): boolean {
    const next = waiting.shift();
    if (next === undefined) return false;
    const { origin, key } = next;
    const bytes = next.encode(modes === "unreadable" ? null : modes);
    onSent({ kind: "input", bytes, ...(key !== undefined && { key }), origin, modes });
    if (origin === "answer") settle([next]);
    else {
      sentBytes += bytes.length;
      sent.push({ ...next, end: sentBytes });
      matcher.push(bytes, key);
    }
    return true;
  }

  function sendAnswers(): void {
    while (waiting[0]?.origin === "answer") sendNext(null);
  }

  function settle(done: Waiting[]): void {
    for (const { byteLength, resolve } of done) {
      queuedBytes -= byteLength;
      resolve();
    }
  }

  return {
    add(input) {
      const isTooMuch = queuedBytes + input.byteLength > LIMIT_BYTES;
      if (over || isTooMuch) return Promise.reject(over ? over.reason : inputOverflow(LIMIT_BYTES));
      return new Promise((resolve, reject) => {
        queuedBytes += input.byteLength;
        waiting.push({ ...input, resolve, reject });
        if (acceptsAll) resolve();
        sendAnswers();
      });
    },
    async meet(record, nextChange) {
      const modes = record.withheld ? UNSEEN : null;
      for (;;) {
        const match = matcher.match(record);
        if (match === "matched") break;
        if (match !== "more") throw mismatch("Something else was sent than was recorded", record.seq);
        // What was sent is the beginning of what was recorded: the caller may wait for it before it sends the rest.
        settle(sent.splice(0));
        if (!sendNext(modes)) await nextChange();
      }
      settle(sent.splice(0, sent.filter(({ end }) => end <= matcher.taken).length));
      sendAnswers();
    },
    async acceptDuring(held) {
      acceptsAll = true;
      for (const { resolve } of waiting) resolve();
      await held.finally(() => {
        acceptsAll = false;
      });
    },
    get isLeft() {
      return waiting.length > 0 || matcher.left.length > 0;
    },
    end(reason) {
      over = { reason };
      for (const { reject } of [...sent.splice(0), ...waiting.splice(0)]) reject(reason);
    },
  };
}

/** The error of an action that differs from the recording. @param seq the record that was awaited */
export function mismatch(what: string, seq?: number): CassetteError {
  const message = seq === undefined ? `${what}.` : `${what} as event ${seq}.`;
  const hint = "Record again, or send what was recorded: `cassette events` lists it.";
  return new CassetteError("CASSETTE_REPLAY_MISMATCH", message, { hint, ...(seq !== undefined && { seq }) });
}
