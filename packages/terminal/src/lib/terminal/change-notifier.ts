/** Wakes those who wait for something to change. */
export interface ChangeNotifier {
  changed(): void;
  /** How many there were: to be read before looking, so that none is missed while one looks. */
  readonly count: number;
  /** Resolves at the first change after so many, or when the sleep is over. */
  after(count: number, sleep: (signal: AbortSignal) => Promise<void>): Promise<void>;
}

/** Creates the changes, with no waiters yet. */
export function createChangeNotifier(): ChangeNotifier {
  const wakers = new Set<() => void>();
  let count = 0;
  return {
    get count() {
      return count;
    },
    changed() {
      count++;
      for (const wake of wakers) wake();
      wakers.clear();
    },
    async after(seen, sleep) {
      if (seen !== count) return;
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
