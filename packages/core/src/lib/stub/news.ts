/** Wakes those who wait for something to happen. */
export interface News {
  tell(): void;
  /** Resolves when something happens from now on. @throws the signal's reason when it is aborted. */
  next(): Promise<void>;
}

/** Makes news that nobody waits for yet. */
export function createNews(signal: AbortSignal): News {
  let waiting: { wake: () => void; drop: (reason: unknown) => void }[] = [];
  signal.addEventListener("abort", () => {
    for (const { drop } of waiting) drop(signal.reason);
  });
  return {
    tell() {
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
