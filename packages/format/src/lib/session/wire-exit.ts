import type { PtyExit } from "../pty-port.js";
import type { Exit } from "../records.js";
import { goSignalName } from "../signals.js";

/** Converts the end of a program to the form of the final record. */
export function wireExit({ code, signal }: PtyExit): Exit {
  const isSignaled = signal !== null;
  return {
    Code: code ?? -1,
    Signal: isSignaled ? goSignalName(signal) : "",
    Exited: !isSignaled,
    Signaled: isSignaled,
    Err: null,
  };
}
