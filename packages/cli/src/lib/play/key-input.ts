import type { ReadStream } from "node:tty";
import { createKeyReader } from "./keys.js";

/** The keys that the user presses, for a loop that waits for a key or a time. */
export interface KeyInput {
  /** The keys since the last call. */
  take(): string[];
  /** Puts keys back before those that were pressed since. */
  giveBack(keys: readonly string[]): void;
  /** Resolves at the next key, at `wake`, or after `ms` milliseconds; null waits for ever. */
  wait(ms: number | null): Promise<void>;
  /** Ends a wait. */
  wake(): void;
  /** Aborted by the next key. */
  pressed(): AbortSignal;
  close(): void;
}

/** An escape is a key by itself if nothing follows it within this time. */
const ESCAPE_MS = 50;

/** Listens to a terminal; without one there are no keys. */
export function createKeyInput(input: ReadStream | null): KeyInput {
  const reader = createKeyReader();
  let keys: string[] = [];
  let wake = () => {};
  let watcher = new AbortController();
  let escapeTimer: NodeJS.Timeout | undefined;

  function add(more: string[]): void {
    if (more.length === 0) return;
    keys.push(...more);
    watcher.abort();
    wake();
  }
  function hear(bytes: Uint8Array): void {
    clearTimeout(escapeTimer);
    add(reader.read(bytes));
    escapeTimer = setTimeout(() => add(reader.flush()), ESCAPE_MS);
  }
  input?.on("data", hear);

  return {
    take() {
      const taken = keys;
      keys = [];
      return taken;
    },
    giveBack(taken) {
      keys.unshift(...taken);
    },
    async wait(ms) {
      if (keys.length > 0) return;
      await new Promise<void>((resolve) => {
        const timer = ms === null ? undefined : setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
    wake: () => wake(),
    pressed() {
      watcher = new AbortController();
      if (keys.length > 0) watcher.abort();
      return watcher.signal;
    },
    close() {
      clearTimeout(escapeTimer);
      input?.off("data", hear).pause();
    },
  };
}
