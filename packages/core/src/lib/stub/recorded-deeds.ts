import type { InputRecord, TerminalSize } from "@cassette/format";
import { mismatch } from "./session-input.js";

/** Resizes and signals, until the recording comes to them. */
export interface RecordedDeeds {
  resized(size: TerminalSize): void;
  signalled(name: string): void;
  /** Resolves when this record's deed was done. @throws CassetteError `CASSETTE_REPLAY_MISMATCH` for another of its kind. */
  meet(record: InputRecord, news: () => Promise<void>): Promise<void>;
}

/** Makes deeds of which none is done yet. */
export function createRecordedDeeds(): RecordedDeeds {
  const done: { kind: string; what: string }[] = [];
  return {
    resized: ({ rows, cols }) => void done.push({ kind: "resize", what: `${rows} ${cols}` }),
    signalled: (name) => void done.push({ kind: "signal", what: name }),
    async meet({ kind, size, signal, seq }, news) {
      const wanted = size ? `${size.Rows} ${size.Cols}` : signal;
      for (;;) {
        const index = done.findIndex((deed) => deed.kind === kind);
        const [deed] = index < 0 ? [] : done.splice(index, 1);
        if (deed?.what === wanted) return;
        if (deed) throw mismatch("Something else was done than was recorded.", seq);
        await news();
      }
    },
  };
}
