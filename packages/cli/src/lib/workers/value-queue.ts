/** Values pushed by a producer, to be iterated. */
export interface ValueQueue<T> {
  push(value: T): void;
  /** No more will come. @param error thrown after the last value. */
  end(error?: unknown): void;
  values: AsyncIterable<T>;
}

/** Makes a queue; values that arrive before the iteration are kept. */
export function createValueQueue<T>(): ValueQueue<T> {
  const held: T[] = [];
  let isOver = false;
  let failure: unknown;
  let wake = () => {};
  return {
    push(value) {
      held.push(value);
      wake();
    },
    end(error) {
      isOver = true;
      failure = error;
      wake();
    },
    values: {
      async *[Symbol.asyncIterator]() {
        for (;;) {
          while (held.length > 0) yield held.shift() as T;
          if (isOver) break;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        if (failure !== undefined) throw failure;
      },
    },
  };
}
