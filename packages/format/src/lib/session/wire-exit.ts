import type { PtyExit } from "../pty-port.js";
import type { Exit } from "../records.js";
import { goSignalName } from "../signals.js";

/** How a program ended, as the final record has it. */
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
