/** A promise that is settled from outside, once. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly isSettled: boolean;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** Creates an unsettled deferred; its rejection may remain unhandled. */
export function createDeferred<T>(): Deferred<T> {
  let isSettled = false;
  let settle: { resolve: (value: T) => void; reject: (error: unknown) => void } | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => {});
  return {
    promise,
    get isSettled() {
      return isSettled;
    },
    resolve(value) {
      isSettled = true;
      settle?.resolve(value);
    },
    reject(error) {
      isSettled = true;
      settle?.reject(error);
    },
  };
}
