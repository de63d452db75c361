import { constants } from "node:os";
import { CassetteError } from "../error.js";

/** The error of calls to a session that has ended: `CASSETTE_SESSION_CLOSED`. */
export function sessionClosed(): CassetteError {
  return new CassetteError("CASSETTE_SESSION_CLOSED", "The program has ended or its session is closed.");
}

/** The error of a send when the input queue is full: `CASSETTE_INPUT_OVERFLOW`. */
export function inputOverflow(limitBytes: number): CassetteError {
  return new CassetteError("CASSETTE_INPUT_OVERFLOW", "More input is waiting than the session takes.", {
    expected: limitBytes,
    hint: "Await earlier sends before sending more.",
  });
}

/** @throws CassetteError `CASSETTE_SIGNAL_UNKNOWN` for a name that is not a signal on this platform. */
export function checkSignal(name: string): asserts name is NodeJS.Signals {
  if (Object.hasOwn(constants.signals, name)) return;
  throw new CassetteError("CASSETTE_SIGNAL_UNKNOWN", "There is no such signal on this platform.", {
    actual: name,
    hint: "Signals are named like SIGTERM.",
  });
}
