import type { InputRecord, TerminalSize } from "@cassette/format";
import { mismatch } from "./session-input.js";

/** Resizes and signals of the driver, kept until the recording reaches them. */
export interface RecordedActions {
  resized(size: TerminalSize): void;
  signalled(name: string): void;
  /** Resolves when this record's action was performed. @throws CassetteError `CASSETTE_REPLAY_MISMATCH` for a different action of its kind. */
  meet(record: InputRecord, nextChange: () => Promise<void>): Promise<void>;
}

/** Creates the list of actions, empty. */
export function createRecordedActions(): RecordedActions {
  const done: { kind: string; what: string }[] = [];
  return {
    resized: ({ rows, cols }) => void done.push({ kind: "resize", what: `${rows} ${cols}` }),
    signalled: (name) => void done.push({ kind: "signal", what: name }),
    async meet({ kind, size, signal, seq }, nextChange) {
      const wanted = size ? `${size.Rows} ${size.Cols}` : signal;
      for (;;) {
        const index = done.findIndex((action) => action.kind === kind);
        const [action] = index < 0 ? [] : done.splice(index, 1);
        if (action?.what === wanted) return;
        if (action) throw mismatch("Something else was done than was recorded", seq);
        await nextChange();
      }
    },
  };
}
