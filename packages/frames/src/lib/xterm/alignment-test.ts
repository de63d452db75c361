import { type InternalStyle, internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";

/**
 * DECALN fills the screen with plain letters and resets the margins, as in xterm and tmux. The library fills in the colours
 * of the moment, from the margin on when in origin mode, and leaves the margins.
 */
export function correctAlignmentTest(terminal: Terminal): void {
  const internals = internalsOf(terminal);
  if (internals === null) return;
  const { _inputHandler, _bufferService, coreService } = internals;
  terminal.parser.registerEscHandler({ intermediates: "#", final: "8" }, () => {
    const { active } = _bufferService.buffers;
    const modes = coreService.decPrivateModes as { origin: boolean };
    const style = _inputHandler._curAttrData;
    const { origin } = modes;
    active.scrollTop = 0;
    active.scrollBottom = _bufferService.rows - 1;
    modes.origin = false;
    _inputHandler._curAttrData = plainScannerFor(style);
    _inputHandler.screenAlignmentPattern();
    _inputHandler._curAttrData = style;
    modes.origin = origin;
    return true;
  });
}

function plainScannerFor(style: InternalStyle): InternalStyle {
  const plain = style.clone();
  plain.fg = 0;
  plain.bg = 0;
  return plain;
}
