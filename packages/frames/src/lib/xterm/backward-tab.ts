import { internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";

/**
 * CBT goes back from the last column while the cursor waits to wrap, as in VTE and tmux. In xterm it goes on waiting all the
 * same; the library stays where it is.
 */
export function correctBackwardTab(terminal: Terminal): void {
  const service = internalsOf(terminal)?._bufferService;
  terminal.parser.registerCsiHandler({ final: "Z" }, () => {
    if (service && service.buffers.active.x >= service.cols) service.buffers.active.x = service.cols - 1;
    return false;
  });
}
