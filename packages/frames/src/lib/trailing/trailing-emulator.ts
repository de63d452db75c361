import { CassetteError, type Emulator, type Screen, type TerminalSize } from "@cassette/format";
import { assertTerminalSize } from "../terminal-size.js";
import { createBacklog, type PendingUpdate } from "./backlog.js";
import { createQueryScanner } from "./query-scanner.js";

/** An emulator that draws only on demand: when the program sends a query, or the screen is read. */
export interface TrailingEmulator {
  /**
   * Takes a copy of some output. Resolves at once; but when a query may be in it, or more waits than fits, only once all
   * is drawn. {@link takeReplies} then has the answers.
   */
  feed(bytes: Uint8Array): Promise<void>;
  /** @throws CassetteError `CASSETTE_SIZE_INVALID` for a size that cannot be drawn. */
  resize(size: TerminalSize): void;
  /** Replies to the program's queries since the last call, in order. */
  takeReplies(): Uint8Array[];
  /** The screen after all that was fed before the call. */
  snapshot(options?: { cells?: boolean }): Promise<Screen>;
  /** Bytes that were fed and are not drawn yet. */
  readonly behindBytes: number;
  close(): void;
  [Symbol.dispose](): void;
}

/** What a trailing emulator needs. */
export interface TrailingOptions {
  /** Called at the first drawing; the emulator it makes must not be fed by anything else. */
  createEmulator: () => Emulator;
  /**
   * Reads a range of the output again, from where it is recorded. It is asked for what lies at least 6 MiB back only, so
   * that a recorder may still be writing. Default: the emulator lags by at most 8 MiB.
   */
  reread?: (start: number, end: number) => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const MOST_KEPT = 8 * 1_024 * 1_024;
const LEAST_KEPT = 6 * 1_024 * 1_024;

/** Makes a trailing emulator. Feeding costs a search for queries; catching up costs the drawing. */
export function createTrailingEmulator({ createEmulator, reread }: TrailingOptions): TrailingEmulator {
  const scanner = createQueryScanner();
  const backlog = createBacklog();
  let turn = Promise.resolve();
  let made: Emulator | undefined;

  const close = () => made?.close();

  function drawn(): Emulator {
    made ??= createEmulator();
    return made;
  }

  async function draw(overdue: PendingUpdate): Promise<void> {
    const emulator = drawn();
    if (overdue.kind === "resize") emulator.resize(overdue.size);
    else if (overdue.kind === "output") await emulator.feed(overdue.bytes);
    else if (reread) {
      let left = overdue.end - overdue.start;
      for await (const bytes of reread(overdue.start, overdue.end)) {
        left -= bytes.length;
        await emulator.feed(bytes);
      }
      if (left !== 0) throw otherOutput();
    }
  }

  /** Draws everything so far, after a drawing that is already running. */
  function catchUp(): Promise<void> {
    turn = turn.then(async () => {
      for (const overdue of backlog.take()) await draw(overdue);
    });
    return turn;
  }

  return {
    async feed(bytes) {
      backlog.add(bytes);
      if (scanner.scan(bytes)) return catchUp();
      if (backlog.keptBytes <= MOST_KEPT) return;
      if (reread) backlog.forget(LEAST_KEPT);
      else await catchUp();
    },
    resize(size) {
      assertTerminalSize(size);
      backlog.resize(size);
    },
    takeReplies: () => made?.takeReplies() ?? [],
    async snapshot(options) {
      await catchUp();
      return drawn().snapshot(options);
    },
    get behindBytes() {
      return backlog.bytes;
    },
    close,
    [Symbol.dispose]: close,
  };
}

function otherOutput(): CassetteError {
  return new CassetteError(
    "CASSETTE_ARTIFACT_CHANGED",
    "The output that was read again is not as long as the output that was fed.",
  );
}
