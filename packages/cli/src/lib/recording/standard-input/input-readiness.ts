import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@cassette/format";
import { findInputWait, type InputWait, readForeground } from "@cassette/pty";

/** Decides when a program wants its next input, so that nothing is sent during its start or before a prompt. */
export interface InputReadiness {
  /** Call this at every output and every input. */
  stirred(): void;
  /** Resolves when data should be sent: the program waits for it, or the time limit is over. */
  forData(signal: AbortSignal): Promise<void>;
  /**
   * Resolves when an end of file should be sent.
   * @param isCertain only to a program that is known to read: another would later read it as a key.
   */
  forEnd(signal: AbortSignal, isCertain: boolean): Promise<void>;
}

/** How long a program must be quiet until it counts as waiting for input, by what is known of it. */
type QuietMs = Readonly<Record<Exclude<InputWait, "awaited">, number>>;

/** The terminal buffers data that comes too early. */
const FOR_DATA: QuietMs = { possible: 50, unknown: 100, none: 3_000 };
/** An end of file that is not read becomes a key press once the program asks for single keys. */
const FOR_END: QuietMs = { possible: 500, unknown: 1_000, none: Number.POSITIVE_INFINITY };
const FOR_CERTAIN: QuietMs = {
  possible: Number.POSITIVE_INFINITY,
  unknown: Number.POSITIVE_INFINITY,
  none: Number.POSITIVE_INFINITY,
};
/** A program that is never quiet still gets its data. */
const LONGEST_MS = 3_000;
/** A read is checked twice: the first time the program may not have woken up from the previous input. */
const SECOND_LOOK_MS = 4;
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;

/** The state of a program: what it waits for, or that it is stopped. */
export type LookAtProgram = () => Promise<InputWait | "stopped">;

/** Inspects a running program. */
export async function lookAtProgram(pid: number): Promise<InputWait | "stopped"> {
  const foreground = await readForeground(pid);
  return foreground.some(({ isStopped }) => isStopped) ? "stopped" : findInputWait(foreground);
}

/** Makes the readiness of one program. */
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
