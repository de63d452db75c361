import { internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";

/**
 * Lets the main and the alternate screen have the same margins and tab stops, as in xterm, VTE, tmux and alacritty. The
 * library gives each its own, so that what a program leaves set on one does not hold on the other.
 */
export function shareMargins(terminal: Terminal): void {
  const buffers = internalsOf(terminal)?._bufferService.buffers;
  if (buffers === undefined) return;
  const activateAltBuffer = buffers.activateAltBuffer.bind(buffers);
  const activateNormalBuffer = buffers.activateNormalBuffer.bind(buffers);
  const sharing = (activate: () => void) => {
    const { scrollTop, scrollBottom, tabs } = buffers.active;
    activate();
    Object.assign(buffers.active, { scrollTop, scrollBottom, tabs });
  };
  buffers.activateAltBuffer = (style) => sharing(() => activateAltBuffer(style));
  buffers.activateNormalBuffer = () => sharing(activateNormalBuffer);
}
