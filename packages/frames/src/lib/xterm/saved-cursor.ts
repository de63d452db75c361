import { internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";

/** What DECSC saves beside what the library saves rightly. Before the first time it is the home position. */
export interface SavedCursor {
  isSaved: boolean;
  /** Counts from the first row of the screen. */
  row: number;
  origin: boolean;
}

/** One for each screen. */
export interface SavedCursors {
  normal: SavedCursor;
  alternate: SavedCursor;
}

type Parameters = (number | number[])[];

const ALTERNATE_MODES = [47, 1047, 1049];
const SAVE_MODES = [1048, 1049];
const initial = (): SavedCursor => ({ isSaved: false, row: 0, origin: false });

/** Copies, so that what happens to one does not change the other. */
export function copySavedCursors({ normal, alternate }: SavedCursors): SavedCursors {
  return { normal: { ...normal }, alternate: { ...alternate } };
}

/**
 * Lets DECRC return to the row of the screen that DECSC saved, and to its origin mode, as in xterm. The library keeps the
 * row as a place among all lines, so that after scrolling it is another one, and does not keep the mode.
 */
export function watchSavedCursor(terminal: Terminal, earlier?: SavedCursors): SavedCursors {
  const saved = earlier ? copySavedCursors(earlier) : { normal: initial(), alternate: initial() };
  const internals = internalsOf(terminal);
  if (internals === null) return saved;
  const { coreService } = internals;
  const { buffers } = internals._bufferService;
  const active = () => (buffers.active === buffers._alt ? "alternate" : "normal");
  const modes = () => coreService.decPrivateModes as { origin: boolean };

  function save(screen: keyof SavedCursors): void {
    saved[screen] = { isSaved: true, row: buffers.active.y, origin: modes().origin };
  }

  /** The library restores what is prepared here. */
  function prepare(screen: keyof SavedCursors): void {
    const buffer = screen === "normal" ? buffers._normal : buffers._alt;
    buffer.savedY = buffer.ybase + saved[screen].row;
    modes().origin = saved[screen].origin;
  }

  function setModes(params: Parameters): void {
    let screen: keyof SavedCursors = active();
    for (const mode of params) {
      if (isOneOf(SAVE_MODES, mode)) save(screen);
      if (isOneOf(ALTERNATE_MODES, mode)) screen = "alternate";
    }
  }

  function resetModes(params: Parameters): void {
    let screen: keyof SavedCursors = active();
    for (const mode of params) {
      if (isOneOf(ALTERNATE_MODES, mode)) screen = "normal";
      if (isOneOf(SAVE_MODES, mode)) prepare(screen);
    }
  }

  const { parser } = terminal;
  parser.registerEscHandler({ final: "7" }, () => passOn(save(active())));
  parser.registerEscHandler({ final: "8" }, () => passOn(prepare(active())));
  parser.registerCsiHandler({ final: "s" }, () => passOn(save(active())));
  parser.registerCsiHandler({ final: "u" }, () => passOn(prepare(active())));
  parser.registerCsiHandler({ prefix: "?", final: "h" }, (params) => passOn(setModes(params)));
  parser.registerCsiHandler({ prefix: "?", final: "l" }, (params) => passOn(resetModes(params)));
  parser.registerCsiHandler({ intermediates: "!", final: "p" }, () => {
    saved[active()] = initial();
    return false;
  });
  parser.registerEscHandler({ final: "c" }, () =>
    passOn(Object.assign(saved, { normal: initial(), alternate: initial() })),
  );
  return saved;
}

/** What a handler answers so that the library's own one follows. */
function passOn(_done: unknown): false {
  return false;
}

function isOneOf(modes: readonly number[], mode: number | number[]): boolean {
  return typeof mode === "number" && modes.includes(mode);
}
