import { type InternalBuffer, type Internals, internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";

const ONE = { params: [1], length: 1 };

/**
 * DECBI and DECFI, which the library does not have: the cursor moves by a column; from the first or last one, what is
 * within the margins moves the other way. https://vt100.net/docs/vt510-rm/DECBI.html
 */
export function registerIndexes(terminal: Terminal): void {
  const internals = internalsOf(terminal);
  if (internals === null) return;
  const { _inputHandler: handler, _bufferService } = internals;
  const last = () => _bufferService.cols - 1;
  terminal.parser.registerEscHandler({ final: "6" }, () => {
    const buffer = atColumn(internals);
    if (buffer.x > 0) buffer.x--;
    else handler.insertColumns(ONE);
    return true;
  });
  terminal.parser.registerEscHandler({ final: "9" }, () => {
    const buffer = atColumn(internals);
    if (buffer.x < last()) {
      buffer.x++;
      return true;
    }
    buffer.x = 0;
    handler.deleteColumns(ONE);
    buffer.x = last();
    return true;
  });
}

/** The screen that is shown, with the cursor no longer waiting to wrap. */
function atColumn({ _bufferService }: Internals): InternalBuffer {
  const { active } = _bufferService.buffers;
  active.x = Math.min(active.x, _bufferService.cols - 1);
  return active;
}
