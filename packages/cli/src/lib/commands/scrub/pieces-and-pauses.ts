/** What comes from an input: bytes, that no more came for a while, or the signal that ends the process. */
export type Piece = Uint8Array | "pause" | NodeJS.Signals;

/** How an input is watched. */
export interface PauseOptions {
  /** So long nothing comes until a pause is reported, once. */
  readonly pauseMs: number;
  readonly signals: readonly NodeJS.Signals[];
}

/** Reads an input up to its end or the first of some signals. */
export async function* piecesAndPauses(
  input: AsyncIterable<Uint8Array | string>,
  { pauseMs, signals }: PauseOptions,
): AsyncGenerator<Piece> {
  const signal = firstOf(signals);
  const pieces = input[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = pieces.next();
      const timer = createTimer(pauseMs);
      const first = await Promise.race([next, timer.passed, signal.came]);
      timer.cancel();
      if (first === "pause") yield "pause";
      const piece = first === "pause" ? await Promise.race([next, signal.came]) : first;
      if (typeof piece === "string") {
        next.catch(() => {});
        yield piece;
        return;
      }
      if (piece.done) return;
      yield typeof piece.value === "string" ? Buffer.from(piece.value) : piece.value;
    }
  } finally {
    signal.forget();
  }
}

function createTimer(ms: number) {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<"pause">((resolve) => {
    timer = setTimeout(resolve, ms, "pause");
  });
  return { passed, cancel: () => clearTimeout(timer) };
}

function firstOf(signals: readonly NodeJS.Signals[]) {
  let listener: (name: NodeJS.Signals) => void = () => {};
  const came = new Promise<NodeJS.Signals>((resolve) => {
    listener = resolve;
  });
  for (const name of signals) process.once(name, listener);
  return {
    came,
    forget() {
      for (const name of signals) process.off(name, listener);
    },
  };
}
