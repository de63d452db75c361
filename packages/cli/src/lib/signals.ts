import { constants } from "node:os";

/** Signals that ask the command to end. */
const ASKED: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

/** Handles signals: the first asks for a clean end, the second ends at once and keeps what is written. */
export interface SignalWatch {
  /** Aborted by the first signal. */
  interrupt: AbortSignal;
  readonly received: NodeJS.Signals | null;
  stop(): void;
}

/**
 * Starts listening; until `stop` these signals do not end the process by themselves.
 * @param onSecond called before a second one ends the process.
 */
export function listenForSignals(onSecond?: () => void): SignalWatch {
  const controller = new AbortController();
  let received: NodeJS.Signals | null = null;
  const onSignal = (signal: NodeJS.Signals) => {
    if (received !== null) {
      onSecond?.();
      process.exit(signalStatus(signal));
    }
    received = signal;
    controller.abort();
  };
  for (const signal of ASKED) process.on(signal, onSignal);
  return {
    interrupt: controller.signal,
    get received() {
      return received;
    },
    stop() {
      for (const signal of ASKED) process.off(signal, onSignal);
    },
  };
}

/** The exit status for a signal: 128 + n. */
export function signalStatus(name: string): number {
  const numbers: Record<string, number | undefined> = constants.signals;
  return 128 + (numbers[name] ?? 0);
}
