import type { Cassette } from "@cassette/core/reader";
import {
  CassetteError,
  type Exit,
  isCassetteError,
  type KillReport,
  type PtyEvent,
  type PtyExit,
  type PtyOutputEvent,
  type PtySession,
  signalName,
} from "@cassette/format";
import { createChanges } from "../changes.js";
import { meet, type SentInput, type Wanted, wantedOf } from "./sent-input.js";

/** An event before it has its place. */
type Draft = PtyEvent extends infer Event
  ? Event extends PtyEvent
    ? Omit<Event, "seq" | "t_ms">
    : never
  : never;

const HUNG_UP: PtyExit = { code: null, signal: "SIGHUP" };

/**
 * A session that is a recording.
 * @param release called once, when the session is closed.
 */
export function createReplaySession(cassette: Cassette, release: () => Promise<void>): PtySession {
  const sent: SentInput[] = [];
  const happened: PtyEvent[] = [];
  const changes = createChanges();
  let tellExit: (exit: PtyExit) => void = () => {};
  const exited = new Promise<PtyExit>((resolve) => {
    tellExit = resolve;
  });
  let seq = 0;
  let t_ms = 0;
  let printed = 0;
  let isOver = false;
  let killed = false;

  const place = (draft: Draft) => ({ ...draft, seq: ++seq, t_ms }) as PtyEvent;
  const note = (draft: Draft) => {
    happened.push(place(draft));
    changes.changed();
  };
  const end = (exit: PtyExit) => {
    isOver = true;
    tellExit(exit);
    return place({ kind: "exit", exit });
  };

  async function* events(): AsyncGenerator<PtyEvent, void> {
    try {
      yield* play();
    } catch (error) {
      // What was closed meanwhile cannot be read; that is no failure.
      if (!killed || isCassetteError(error)) throw error;
    }
    if (!killed && sent.some(({ bytes }) => bytes.length > 0))
      throw unexpected("The recording ends before what was sent.");
    yield end(killed ? HUNG_UP : exitOf(cassette.final.exit));
    yield place({ kind: "end", reason: killed ? "closed" : "eof", totalBytes: printed });
  }

  async function* play(): AsyncGenerator<PtyEvent, void> {
    for await (const event of cassette.events()) {
      if (killed) return;
      t_ms = event.t_ms;
      if (event.kind === "output") {
        const bytes = await cassette.bytes(event.record);
        yield place({ kind: "output", offset: printed, bytes });
        printed += bytes.length;
      }
      const wanted = event.kind === "input" ? wantedOf(event.record) : null;
      if (wanted) yield* until(wanted, event.seq);
      yield* happened.splice(0);
      if (event.kind === "final") return;
    }
  }

  /** Waits until what is wanted was sent. */
  async function* until(wanted: Wanted, at: number): AsyncGenerator<PtyEvent, void> {
    for (;;) {
      yield* happened.splice(0);
      const [next] = sent;
      if (next === undefined && killed) return;
      if (next === undefined) {
        await changes.next(
          (signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve())),
        );
        continue;
      }
      const outcome = meet(wanted, next);
      if (outcome === "differs") throw unexpected("Something else was sent than was recorded.", at);
      if (next.bytes.length === 0) sent.shift();
      if (outcome === "met") return;
    }
  }

  async function take(input: SentInput): Promise<void> {
    if (isOver) throw new CassetteError("CASSETTE_SESSION_CLOSED", "The recorded program has ended.");
    const { bytes, key } = input;
    sent.push(input);
    note({ kind: "input", bytes, ...(key !== undefined && { key }), origin: "typed", modes: null });
  }

  async function kill(): Promise<KillReport> {
    killed = true;
    // Nobody may be reading events any more. After an exit this tells nothing new.
    tellExit(HUNG_UP);
    changes.changed();
    return { forced: false, survivors: [] };
  }

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= kill().then(release);
    return closing;
  };
  return {
    pid: 0,
    events,
    async *output() {
      for await (const event of events()) if (event.kind === "output") yield event as PtyOutputEvent;
    },
    // Replies to queries are never waited for.
    send: (bytes, origin = "typed") => (origin === "answer" ? Promise.resolve() : take({ bytes })),
    sendText: (text) => take({ bytes: Buffer.from(text) }),
    async sendKey(name) {
      const { encodeKey } = await import("@cassette/pty");
      const { bytes, key } = encodeKey(name);
      await take({ bytes, key });
    },
    paste: (text) => take({ bytes: Buffer.from(text), isPaste: true }),
    async resize(size) {
      note({ kind: "resize", size });
    },
    async signal(name) {
      note({ kind: "signal", signal: name });
    },
    kill,
    wait: () => exited,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function unexpected(message: string, seq?: number): CassetteError {
  const hint = "Record anew, or send what was recorded: `cassette events` lists it.";
  return new CassetteError("CASSETTE_REPLAY_MISMATCH", message, { hint, ...(seq !== undefined && { seq }) });
}

function exitOf(exit?: Exit): PtyExit {
  if (!exit) return { code: null, signal: null };
  return exit.Signaled
    ? { code: null, signal: signalName(exit.Signal) ?? exit.Signal }
    : { code: exit.Code, signal: null };
}
