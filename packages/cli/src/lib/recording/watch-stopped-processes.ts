import { setTimeout as sleep } from "node:timers/promises";
import { type ForegroundProcess, readForeground } from "@cassette/pty";

const LOOK_MS = 500;

/**
 * Polls whether a program is stopped, which its terminal does not report.
 * @param leader process id of the program.
 * @param onChange called with the stopped processes of its foreground, and with none when they continue.
 */
export async function watchStoppedProcesses(
  leader: number,
  onChange: (stopped: readonly number[]) => void,
  signal: AbortSignal,
  read: (leader: number) => Promise<ForegroundProcess[]> = readForeground,
): Promise<void> {
  let wasStopped = false;
  for (;;) {
    // First, so that output from before the stop has been shown.
    await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const stopped = (await read(leader)).filter(({ isStopped }) => isStopped);
    const isStopped = stopped.length > 0;
    if (isStopped !== wasStopped) onChange(stopped.map(({ pid }) => pid));
    wasStopped = isStopped;
  }
}
