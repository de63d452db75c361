import { setTimeout as sleep } from "node:timers/promises";
import { isCassetteError, type PtySession } from "@cassette/format";
import type { InputReadiness } from "./input-readiness.js";
import { createLinePieces, LONGEST_LINE } from "./line-pieces.js";
import type { StandardInput } from "./open-standard-input.js";

/** Forwards data to a program, as the program reads it. */
export interface InputForwarder {
  /** Receives the program's output. */
  printed(bytes: Uint8Array): void;
  /** Forwards all data and an end of file, until aborted. Rejects only with unexpected errors. */
  run(signal: AbortSignal): Promise<void>;
}

/** What a forwarder needs. */
export interface ForwarderOptions {
  session: PtySession;
  readiness: InputReadiness;
  /** Opened when the program wants data. */
  input: Pick<StandardInput, "open" | "isDevice">;
  /** Receives a sentence for the user. */
  warn: (sentence: string) => void;
}

const LINE_ENDS: ReadonlySet<number | undefined> = new Set([0x0a, 0x0d]);
/** A program that reads again after an end of file gets the next one after this time, then after twice that. */
const FIRST_END_PAUSE_MS = 20;
/** A program that reads single keys may read lines later. */
const LONGEST_END_PAUSE_MS = 1_000;

/** Makes a forwarder for one session. */
export function createInputForwarder(options: ForwarderOptions): InputForwarder {
  const { session, readiness, input, warn } = options;
  const pieces = createLinePieces();
  /** The output does not end with a line end: it may be a prompt, and the next line may be for another prompt. */
  let isPrompting = false;

  async function forwardData(signal: AbortSignal): Promise<void> {
    const warnOfCut = once(() => warn(longLine()));
    let data: AsyncIterator<Uint8Array> | undefined;
    for (;;) {
      await readiness.forData(signal);
      const piece = pieces.take(isPrompting);
      if (piece === null) {
        data ??= input.open()[Symbol.asyncIterator]();
        const next = await unlessAborted(data.next(), signal);
        if (next.done) return;
        pieces.push(next.value);
        continue;
      }
      readiness.stirred();
      await session.sendData(piece.bytes);
      if (piece.isCut && (await session.sendEndOfFile())) warnOfCut();
    }
  }

  /** Like the end of a file, every later read finds it. */
  async function forwardEnd(signal: AbortSignal): Promise<void> {
    let { isMidLine } = pieces;
    let wasSent = false;
    let refusals = 0;
    let pauseMs = FIRST_END_PAUSE_MS;
    for (;;) {
      await readiness.forEnd(signal, wasSent);
      const isSent = await session.sendEndOfFile({ isMidLine });
      readiness.stirred();
      isMidLine = false;
      wasSent ||= isSent;
      // A single time may be the moment between two programs.
      if (!isSent && ++refusals === 2 && !input.isDevice) warn(NO_END);
      await sleep(isSent ? pauseMs : LONGEST_END_PAUSE_MS, undefined, { signal });
      if (isSent) pauseMs = Math.min(pauseMs * 2, LONGEST_END_PAUSE_MS);
    }
  }

  return {
    printed(bytes) {
      if (bytes.length === 0) return;
      readiness.stirred();
      isPrompting = !LINE_ENDS.has(bytes.at(-1));
    },
    async run(signal) {
      try {
        try {
          await forwardData(signal);
        } catch (error) {
          if (signal.aborted || isCassetteError(error)) throw error;
          warn(UNREADABLE);
        }
        await forwardEnd(signal);
      } catch (error) {
        if (!signal.aborted && !isCassetteError(error, "CASSETTE_SESSION_CLOSED")) throw error;
      }
    },
  };
}

/** Made when it is needed: the first number that is formatted takes 10 ms. */
const longLine = () =>
  `A line of standard input has more than ${LONGEST_LINE.toLocaleString("en")} bytes, the most a terminal takes at once: the program gets it in pieces.`;
const NO_END =
  "Standard input has ended, but the program reads single keys and got no end of file. Ctrl-C ends the recording.";
const UNREADABLE = "Standard input cannot be read any further; the program gets an end of file.";

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}

/** @throws `signal.reason` when aborted first. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
  });
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
