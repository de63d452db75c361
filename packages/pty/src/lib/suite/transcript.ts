import type { PtyEvent, PtySession } from "@cassette/format";

/** Collects the events of a session. */
export interface Transcript {
  readonly events: readonly PtyEvent[];
  /** All output so far, bytes as Latin-1. */
  readonly text: string;
  /** Resolves when the output holds `text`; rejects when it ended without it. */
  sees(text: string): Promise<void>;
  /** Resolves when the stream has ended. */
  readonly ended: Promise<void>;
}

export function transcribe(session: PtySession): Transcript {
  const events: PtyEvent[] = [];
  const waiting = new Set<() => void>();
  let text = "";
  let done = false;

  function look(): void {
    for (const check of [...waiting]) check();
  }

  async function take(): Promise<void> {
    for await (const event of session.events()) {
      events.push(event);
      if (event.kind === "output") text += Buffer.from(event.bytes).toString("latin1");
      look();
    }
    done = true;
    look();
  }

  return {
    events,
    get text() {
      return text;
    },
    sees: (wanted) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!text.includes(wanted) && !done) return;
          waiting.delete(check);
          if (text.includes(wanted)) resolve();
          else reject(new Error(`The output ended without ${JSON.stringify(wanted)}.`));
        };
        waiting.add(check);
        check();
      }),
    ended: take(),
  };
}
