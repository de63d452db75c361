import type { HiddenState } from "./hidden-state.js";
import { type Internals, internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";

/** In the background's word of the style: what is written cannot be erased. */
const PROTECTED = 0x2000_0000;

/**
 * Protection as ISO 6429 has it, by SPA and EPA: unlike that of DECSCA, it holds against ED, EL and ECH, and not against
 * DECSED and DECSEL. The protection that was chosen last decides, as in xterm. The library has DECSCA only.
 */
export function registerProtectedAreas(terminal: Terminal, hidden: HiddenState): void {
  const internals = internalsOf(terminal);
  if (internals === null) return;
  const handler = internals._inputHandler;
  terminal.parser.registerEscHandler({ final: "V" }, () => {
    hidden.isoProtection = true;
    handler._curAttrData.bg |= PROTECTED;
    return true;
  });
  terminal.parser.registerEscHandler({ final: "W" }, () => {
    handler._curAttrData.bg &= ~PROTECTED;
    return true;
  });
  terminal.parser.registerCsiHandler({ intermediates: '"', final: "q" }, () => {
    hidden.isoProtection = false;
    return false;
  });
  correctErasing(internals, hidden);
}

/** Replaced instead of registered: handlers that are called for each erasure would cost more. */
function correctErasing({ _inputHandler: handler, _bufferService }: Internals, hidden: HiddenState): void {
  const eraseInDisplay = handler.eraseInDisplay.bind(handler);
  const eraseInLine = handler.eraseInLine.bind(handler);
  const eraseChars = handler.eraseChars.bind(handler);
  handler.eraseInDisplay = (params, isSelective) =>
    eraseInDisplay(params, isSelective !== hidden.isoProtection);
  handler.eraseInLine = (params, isSelective) => eraseInLine(params, isSelective !== hidden.isoProtection);
  handler.eraseChars = (params) => {
    if (!hidden.isoProtection) return eraseChars(params);
    const { active } = _bufferService.buffers;
    const col = Math.min(active.x, _bufferService.cols - 1);
    const end = Math.min(_bufferService.cols, col + (params.params[0] || 1));
    const cell = active.getNullCell(handler._eraseAttrData());
    active.lines.get(active.ybase + active.y)?.replaceCells(col, end, cell, true);
    active.x = col;
    return true;
  };
}
