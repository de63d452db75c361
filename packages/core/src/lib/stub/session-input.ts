import {
  CassetteError,
  type InputRecord,
  type KnownModes,
  type PtyInputEvent,
  type TerminalModes,
} from "@cassette/format";
import { inputOverflow, type QueuedInput } from "@cassette/format/session";
import { createInputMatcher } from "./input-matcher.js";

/** Input that waits for the recording to come to it. */
export interface SessionInput {
  /** Resolves when all of it was recorded too. @throws CassetteError `CASSETTE_INPUT_OVERFLOW`, or the reason passed to `end`. */
  add(input: QueuedInput): Promise<void>;
  /** Resolves when this record was sent. @throws CassetteError `CASSETTE_REPLAY_MISMATCH` */
  meet(record: InputRecord, nextChange: () => Promise<void>): Promise<void>;
  /** Something was sent that was not recorded. */
  readonly isLeft: boolean;
  /** Rejects all that waits, and what comes later. */
  end(reason: unknown): void;
}

interface Waiting extends QueuedInput {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** As much as may wait to be sent. */
const LIMIT_BYTES = 4 * 1024 * 1024;
const UNSEEN: TerminalModes = { canonical: true, echo: false };

/**
 * @param onSent called at the moment at which the recorded program was sent it.
 * @param normalise makes one of inputs that shall count as the same.
 */
export function createSessionInput(
  onSent: (sent: Omit<PtyInputEvent, "seq" | "t_ms">) => void,
  normalise?: (text: string) => string,
): SessionInput {
  const matcher = createInputMatcher(normalise);
  const waiting: Waiting[] = [];
  /** Sent, and not all of it recorded as far as we have come; with the number of bytes sent until its end. */
  const sent: (Waiting & { end: number })[] = [];
  let sentBytes = 0;
  let queuedBytes = 0;
  let over: { reason: unknown } | null = null;

  /** Sends the next that waits. Answers are passed over: a recording holds what its own terminal said. */
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
      if (over) return Promise.reject(over.reason);
      if (queuedBytes + input.byteLength > LIMIT_BYTES) return Promise.reject(inputOverflow(LIMIT_BYTES));
      return new Promise((resolve, reject) => {
        queuedBytes += input.byteLength;
        waiting.push({ ...input, resolve, reject });
        sendAnswers();
      });
    },
    async meet(record, nextChange) {
      const modes = record.withheld ? UNSEEN : null;
      for (;;) {
        const match = matcher.match(record);
        if (match === "matched") break;
        if (match !== "more") throw mismatch("Something else was sent than was recorded.", record.seq);
        if (!sendNext(modes)) await nextChange();
      }
      settle(sent.splice(0, sent.filter(({ end }) => end <= matcher.taken).length));
      sendAnswers();
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

/** The error of whatever was done otherwise than recorded. */
export function mismatch(message: string, seq?: number): CassetteError {
  const hint = "Record again, or send what was recorded: `cassette events` lists it.";
  return new CassetteError("CASSETTE_REPLAY_MISMATCH", message, { hint, ...(seq !== undefined && { seq }) });
}
