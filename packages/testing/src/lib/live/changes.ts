/** Wakes those who wait for something to change. */
export interface Changes {
  changed(): void;
  /** Resolves at the next change, or when the sleep is over. */
  next(sleep: (signal: AbortSignal) => Promise<void>): Promise<void>;
}

/** Makes changes that nobody waits for yet. */
export function createChanges(): Changes {
  const wakers = new Set<() => void>();
  return {
    changed() {
      for (const wake of wakers) wake();
      wakers.clear();
    },
    async next(sleep) {
      const over = new AbortController();
      let waker = () => {};
      const change = new Promise<void>((resolve) => {
        waker = resolve;
        wakers.add(waker);
      });
      // A sleep that is cut short is no failure.
      const slept = sleep(over.signal).catch(() => {});
      await Promise.race([change, slept]);
      wakers.delete(waker);
      over.abort();
      await slept;
    },
  };
}
