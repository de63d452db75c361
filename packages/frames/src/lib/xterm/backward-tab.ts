import { internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";

/**
 * CBT goes back from the last column while the cursor waits to wrap, as in VTE and tmux. In xterm the cursor still waits
 * afterwards; the library does not move it.
 */
export function correctBackwardTab(terminal: Terminal): void {
  const service = internalsOf(terminal)?._bufferService;
  terminal.parser.registerCsiHandler({ final: "Z" }, () => {
    if (service && service.buffers.active.x >= service.cols) service.buffers.active.x = service.cols - 1;
    return false;
  });
}
