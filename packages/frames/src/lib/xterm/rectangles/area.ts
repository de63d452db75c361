import { type InternalBuffer, type InternalLine, type Internals, internalsOf } from "../internals.js";
import type { Terminal } from "../library.js";

/** Cells of the screen, counted from 0, up to before `bottom` and `right`. */
export interface Area {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** What operations on rectangles work on. */
export interface Sheet {
  internals: Internals;
  /** The screen that is shown. */
  buffer: () => InternalBuffer;
  /** A row of the screen. */
  line: (row: number) => InternalLine | undefined;
  /** Where coordinates count from, and how far they go: the margins in origin mode, else the screen. */
  bounds: () => Area;
}

/** The sheet of a terminal; null when the library is not the expected one. */
export function sheetOf(terminal: Terminal): Sheet | null {
  const internals = internalsOf(terminal);
  if (internals === null) return null;
  const { _bufferService, coreService } = internals;
  const buffer = () => _bufferService.buffers.active;
  return {
    internals,
    buffer,
    line: (row) => buffer().lines.get(buffer().ybase + row),
    bounds: () => {
      const { origin } = coreService.decPrivateModes as { origin: boolean };
      const { scrollTop, scrollBottom } = buffer();
      const [top, bottom] = origin ? [scrollTop, scrollBottom + 1] : [0, _bufferService.rows];
      return { top, left: 0, bottom, right: _bufferService.cols };
    },
  };
}

/**
 * The area that parameters name: top, left, bottom and right, counted from 1, of which those that are missing are the
 * bounds'. Null for one without cells.
 */
export function areaOf(params: readonly number[], bounds: Area): Area | null {
  const [top = 0, left = 0, bottom = 0, right = 0] = params;
  const area = {
    top: bounds.top + Math.max(1, top) - 1,
    left: bounds.left + Math.max(1, left) - 1,
    bottom: bottom === 0 ? bounds.bottom : Math.min(bounds.bottom, bounds.top + bottom),
    right: right === 0 ? bounds.right : Math.min(bounds.right, bounds.left + right),
  };
  return area.top < area.bottom && area.left < area.right ? area : null;
}
