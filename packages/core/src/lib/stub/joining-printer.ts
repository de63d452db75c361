/** Prints chunks together where no time passes between them: one write for each costs more than reading them. */
export interface JoiningPrinter {
  /** Takes a chunk, which must not change afterwards. */
  add(bytes: Uint8Array): Promise<void> | void;
  /** Prints what waits. */
  flush(): Promise<void>;
}

const MOST_WAITING = 65_536;

/** Makes a printer. */
export function createJoiningPrinter(write: (bytes: Uint8Array) => Promise<void> | void): JoiningPrinter {
  let waiting: Uint8Array[] = [];
  let size = 0;

  async function flush(): Promise<void> {
    if (size === 0) return;
    const joined = Buffer.concat(waiting);
    waiting = [];
    size = 0;
    await write(joined);
  }

  return {
    add(bytes) {
      waiting.push(bytes);
      size += bytes.length;
      return size < MOST_WAITING ? undefined : flush();
    },
    flush,
  };
}
