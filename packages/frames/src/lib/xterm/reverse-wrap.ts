import { SHOWN, WIDTH_SHIFT, WORDS_PER_CELL } from "./cell-words.js";
import type { HiddenState } from "./hidden-state.js";
import { type InternalBuffer, type Internals, internalsOf } from "./internals.js";
import { REVERSE_WRAP_ALL } from "./kept-modes.js";
import type { Terminal } from "./library.js";

/**
 * Lets BS and CUB go back over the ends of lines as xterm does since patch 383: in mode 45 from a row to the one that it
 * continues, in mode 1045 from any row to the one before, and from the first to the last within the margins. The
 * library has mode 45 for BS only, and lets the lines come apart.
 */
export function correctReverseWrap(terminal: Terminal, hidden: HiddenState): void {
  const internals = internalsOf(terminal);
  if (internals === null) return;
  const { _inputHandler: handler, coreService } = internals;
  const backspace = handler.backspace.bind(handler);
  const cursorBackward = handler.cursorBackward.bind(handler);
  const modes = () => coreService.decPrivateModes as { reverseWraparound: boolean; wraparound: boolean };
  /** Whether the cursor goes back over any end; null when it does over none. */
  function overAll(): boolean | null {
    const { reverseWraparound, wraparound } = modes();
    if (!wraparound) return null;
    if (hidden.changedModes.has(REVERSE_WRAP_ALL)) return true;
    return reverseWraparound ? false : null;
  }
  handler.backspace = () => {
    const all = overAll();
    return all === null ? backspace() : goBack(internals, 1, all);
  };
  handler.cursorBackward = (params) => {
    const all = overAll();
    return all === null ? cursorBackward(params) : goBack(internals, params.params[0] || 1, all);
  };
}

function goBack({ _bufferService }: Internals, count: number, overAll: boolean): true {
  const { rows, cols, buffers } = _bufferService;
  const buffer = buffers.active;
  for (let left = Math.min(count, rows * cols); left > 0; ) {
    if (buffer.x === 0) {
      const row = rowBefore(buffer, overAll);
      if (row === null) break;
      buffer.y = row;
      buffer.x = overAll ? cols : lengthOf(buffer, cols);
    }
    const step = Math.min(left, buffer.x);
    buffer.x -= step;
    left -= step;
  }
  return true;
}

/** Where the cursor goes back to from the first column; null where it stays. */
function rowBefore({ y, ybase, lines, scrollTop, scrollBottom }: InternalBuffer, overAll: boolean) {
  if (overAll) return y === scrollTop ? scrollBottom : Math.max(0, y - 1);
  const isWithin = y > scrollTop && y <= scrollBottom;
  return isWithin && lines.get(ybase + y)?.isWrapped ? y - 1 : null;
}

/** Columns of the cursor's row without the gap that a wide character left when it wrapped. */
function lengthOf({ y, ybase, lines }: InternalBuffer, cols: number): number {
  const last = lines.get(ybase + y)?._data[(cols - 1) * WORDS_PER_CELL] ?? 0;
  return last >>> WIDTH_SHIFT === 1 && (last & SHOWN) === 0 ? cols - 1 : cols;
}
