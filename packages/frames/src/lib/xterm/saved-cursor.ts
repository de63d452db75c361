import { internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";

/** What DECSC saves and the library does not save correctly. Initially the home position. */
interface SavedCursor {
  isSaved: boolean;
  /** Counts from the first row of the screen. */
  row: number;
  origin: boolean;
  /** The cursor waits to wrap. */
  waits: boolean;
}

/** One for each screen. */
export interface SavedCursors {
  normal: SavedCursor;
  alternate: SavedCursor;
}

type Parameters = (number | number[])[];

const ALTERNATE_WITH_CURSOR = 1049;
const ALTERNATE_MODES = [47, 1047, ALTERNATE_WITH_CURSOR];
const SAVE_MODES = [1048, ALTERNATE_WITH_CURSOR];
const initial = (): SavedCursor => ({ isSaved: false, row: 0, origin: false, waits: false });

/** Copies, so that what happens to one does not change the other. */
export function copySavedCursors({ normal, alternate }: SavedCursors): SavedCursors {
  return { normal: { ...normal }, alternate: { ...alternate } };
}

/**
 * Lets DECRC return to the row of the screen that DECSC saved, to its origin mode, and to waiting to wrap, as in xterm. The
 * library keeps the row as a place among all lines, so that after scrolling it is another one, and keeps nothing else.
 */
export function watchSavedCursor(terminal: Terminal, earlier?: SavedCursors): SavedCursors {
  const saved = earlier ? copySavedCursors(earlier) : { normal: initial(), alternate: initial() };
  const internals = internalsOf(terminal);
  if (internals === null) return saved;
  const { coreService, _bufferService, _inputHandler } = internals;
  const { buffers } = _bufferService;
  const active = () => (buffers.active === buffers._alt ? "alternate" : "normal");
  const modes = () => coreService.decPrivateModes as { origin: boolean };

  function save(screen: keyof SavedCursors): void {
    const { x, y } = buffers.active;
    saved[screen] = { isSaved: true, row: y, origin: modes().origin, waits: x === _bufferService.cols };
  }

  /** The library restores what is prepared here. */
  function prepare(screen: keyof SavedCursors): void {
    const buffer = screen === "normal" ? buffers._normal : buffers._alt;
    buffer.savedY = buffer.ybase + saved[screen].row;
    modes().origin = saved[screen].origin;
  }

  /** The library's own DECRC forgets that the cursor waits to wrap. */
  function restore(): true {
    const screen = active();
    prepare(screen);
    _inputHandler.restoreCursor();
    if (saved[screen].waits) buffers.active.x = _bufferService.cols;
    return true;
  }

  function setModes(params: Parameters): void {
    let screen: keyof SavedCursors = active();
    for (const mode of params) {
      if (isOneOf(SAVE_MODES, mode)) save(screen);
      if (isOneOf(ALTERNATE_MODES, mode)) screen = "alternate";
    }
  }

  function resetModes(params: Parameters): boolean {
    if (params.length === 1 && params[0] === ALTERNATE_WITH_CURSOR) {
      buffers.activateNormalBuffer();
      return restore();
    }
    let screen: keyof SavedCursors = active();
    for (const mode of params) {
      if (isOneOf(ALTERNATE_MODES, mode)) screen = "normal";
      if (isOneOf(SAVE_MODES, mode)) prepare(screen);
    }
    return false;
  }

  const { parser } = terminal;
  parser.registerEscHandler({ final: "7" }, () => passOn(save(active())));
  parser.registerEscHandler({ final: "8" }, restore);
  parser.registerCsiHandler({ final: "s" }, () => passOn(save(active())));
  parser.registerCsiHandler({ final: "u" }, restore);
  parser.registerCsiHandler({ prefix: "?", final: "h" }, (params) => passOn(setModes(params)));
  parser.registerCsiHandler({ prefix: "?", final: "l" }, resetModes);
  parser.registerCsiHandler({ intermediates: "!", final: "p" }, () => {
    saved[active()] = initial();
    return false;
  });
  parser.registerEscHandler({ final: "c" }, () =>
    passOn(Object.assign(saved, { normal: initial(), alternate: initial() })),
  );
  return saved;
}

/** The return value with which a handler lets the library's own one follow. */
function passOn(_done: unknown): false {
  return false;
}

function isOneOf(modes: readonly number[], mode: number | number[]): boolean {
  return typeof mode === "number" && modes.includes(mode);
}
