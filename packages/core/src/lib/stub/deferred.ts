/** Something that comes to be known once. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly isSettled: boolean;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** Creates an outcome that is not known yet; waiting for it is optional. */
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
