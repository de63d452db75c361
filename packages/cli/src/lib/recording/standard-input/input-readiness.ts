import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@cassette/format";
import { findInputWait, type InputWait, readForeground } from "@cassette/pty";

/** Finds out when a program wants its next input, so that nothing is sent into its start or ahead of a prompt. */
export interface InputReadiness {
  /** To be called at every output and every input. */
  stirred(): void;
  /** Resolves when data should be sent: the program waits for it, or has had its time. */
  forData(signal: AbortSignal): Promise<void>;
  /**
   * Resolves when an end of file should be sent.
   * @param isCertain only to a program that is known to read: one that does not would find a key there later.
   */
  forEnd(signal: AbortSignal, isCertain: boolean): Promise<void>;
}

/** How long a program must have been quiet until it counts as waiting for input, by what is known of it. */
type QuietMs = Readonly<Record<Exclude<InputWait, "awaited">, number>>;

/** Data that comes too early is kept by the terminal. */
const FOR_DATA: QuietMs = { possible: 50, unknown: 100, none: 3_000 };
/** An end of file that is not read becomes a key press once the program asks for single keys. */
const FOR_END: QuietMs = { possible: 500, unknown: 1_000, none: Number.POSITIVE_INFINITY };
const FOR_CERTAIN: QuietMs = {
  possible: Number.POSITIVE_INFINITY,
  unknown: Number.POSITIVE_INFINITY,
  none: Number.POSITIVE_INFINITY,
};
/** A program that is never quiet gets its data all the same. */
const LONGEST_MS = 3_000;
/** A read is looked at twice: at first the program may not have been woken yet by what was sent before. */
const SECOND_LOOK_MS = 4;
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;

/** What a look at a program finds: what it waits for, or that it is stopped. */
export type LookAtProgram = () => Promise<InputWait | "stopped">;

/** Looks at a running program. */
export async function lookAtProgram(pid: number): Promise<InputWait | "stopped"> {
  const foreground = await readForeground(pid);
  return foreground.some(({ isStopped }) => isStopped) ? "stopped" : findInputWait(foreground);
}

/** Watches over one program. */
export function createInputReadiness(look: LookAtProgram, clock: Clock): InputReadiness {
  let lastStir = clock.monotonic();

  async function until(quietMs: QuietMs, signal: AbortSignal): Promise<void> {
    const start = clock.monotonic();
    let wasAwaited = false;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
      const wait = await look();
      signal.throwIfAborted();
      const isAwaited = wait === "awaited";
      if (isAwaited ? wasAwaited : wait !== "stopped" && isDue(quietMs[wait], start)) return;
      wasAwaited = isAwaited;
      await sleep(isAwaited ? SECOND_LOOK_MS : pauseMs, undefined, { signal });
    }
  }

  function isDue(quietMs: number, start: number): boolean {
    const now = clock.monotonic();
    return now - lastStir >= quietMs || (quietMs < LONGEST_MS && now - start >= LONGEST_MS);
  }

  return {
    stirred() {
      lastStir = clock.monotonic();
    },
    forData: (signal) => until(FOR_DATA, signal),
    forEnd: (signal, isCertain) => until(isCertain ? FOR_CERTAIN : FOR_END, signal),
  };
}
