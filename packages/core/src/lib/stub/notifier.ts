/** Wakes everything that waits for a change. */
export interface Notifier {
  notify(): void;
  /** Resolves at the next `notify`. @throws the signal's reason when it is aborted. */
  next(): Promise<void>;
}

/** Creates a notifier without waiters. */
export function createNotifier(signal: AbortSignal): Notifier {
  let waiting: { wake: () => void; drop: (reason: unknown) => void }[] = [];
  signal.addEventListener("abort", () => {
    for (const { drop } of waiting) drop(signal.reason);
  });
  return {
    notify() {
      const woken = waiting;
      waiting = [];
      for (const { wake } of woken) wake();
    },
    next: () =>
      new Promise((wake, drop) => {
        if (signal.aborted) drop(signal.reason);
        else waiting.push({ wake, drop });
      }),
  };
}
