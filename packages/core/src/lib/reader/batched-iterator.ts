/**
 * Serves batches one value at a time. An async generator over the same batches costs several times as much for each
 * value, which is what limits a collapsed replay.
 */
export function iterateBatches<T>(batches: AsyncGenerator<readonly T[], void>): AsyncIterableIterator<T> {
  let batch: readonly T[] = [];
  let at = 0;
  let loading: Promise<IteratorResult<T, undefined>> | null = null;

  const iterator: AsyncIterableIterator<T> = {
    next() {
      // A caller that does not await is served after the pending batch.
      if (loading) return loading.then(() => iterator.next());
      if (at < batch.length) return Promise.resolve({ done: false, value: batch[at++] as T });
      loading = load().finally(() => {
        loading = null;
      });
      return loading;
    },
    async return() {
      batch = [];
      await batches.return();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;

  async function load(): Promise<IteratorResult<T, undefined>> {
    do {
      const next = await batches.next();
      if (next.done) return { done: true, value: undefined };
      batch = next.value;
      at = 0;
    } while (batch.length === 0);
    return { done: false, value: batch[at++] as T };
  }
}
