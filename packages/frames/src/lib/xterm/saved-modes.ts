import type { HiddenState } from "./hidden-state.js";
import { type Fields, internalsOf } from "./internals.js";
import { KEPT_MODES } from "./kept-modes.js";
import type { Terminal } from "./library.js";

type Parameters = (number | number[])[];

/** Private modes of the library by number, with what its public interface calls them. */
const LIBRARY_MODES = new Map([
  [1, "applicationCursorKeysMode"],
  [6, "originMode"],
  [7, "wraparoundMode"],
  [45, "reverseWraparoundMode"],
  [66, "applicationKeypadMode"],
  [1004, "sendFocusMode"],
  [2004, "bracketedPasteMode"],
] as const);
const WRAPAROUND = 7;
const SHOW_CURSOR = 25;
/** How the parser numbers DECSET and DECRST: prefix and last byte. */
const SET_MODES = 0x3f68;
const RESET_MODES = 0x3f6c;

/**
 * Saves private modes (XTSAVE) and restores them (XTRESTORE), as xterm does: one value for each mode, reset where none was saved,
 * kept through resets. The library has neither. Those of the mouse and of the alternate screen are not saved.
 */
export function registerSavedModes(terminal: Terminal, hidden: HiddenState): void {
  const { parser } = terminal;
  parser.registerCsiHandler({ prefix: "?", final: "s" }, (modes) => {
    const saved = new Set(hidden.savedModes);
    for (const mode of modes.filter(isSavable)) {
      if (isSet(terminal, hidden, mode)) saved.add(mode);
      else saved.delete(mode);
    }
    hidden.savedModes = saved;
    return true;
  });
  parser.registerCsiHandler({ prefix: "?", final: "r" }, (modes) => {
    for (const mode of modes.filter(isSavable)) changeMode(terminal, mode, hidden.savedModes.has(mode));
    return true;
  });
}

/** Whether a terminal begins with a mode set. */
export function isSetAtFirst(mode: number): boolean {
  return KEPT_MODES.get(`?${mode}`) ?? (mode === WRAPAROUND || mode === SHOW_CURSOR);
}

function isSavable(mode: number | number[]): mode is number {
  if (typeof mode !== "number") return false;
  return mode === SHOW_CURSOR || LIBRARY_MODES.has(mode as never) || KEPT_MODES.has(`?${mode}`);
}

function isSet({ modes }: Terminal, { cursorVisible, changedModes }: HiddenState, mode: number): boolean {
  if (mode === SHOW_CURSOR) return cursorVisible;
  const name = LIBRARY_MODES.get(mode as never);
  return name === undefined ? isSetAtFirst(mode) !== changedModes.has(`?${mode}`) : modes[name];
}

type Handler = (parameters: { params: number[]; length: number; toArray(): Parameters }) => unknown;

/** Lets all handlers of DECSET or DECRST see the mode, the last first, as the parser does. */
function changeMode(terminal: Terminal, mode: number, value: boolean): void {
  const parser: Fields | undefined = internalsOf(terminal)?._inputHandler._parser;
  const handlers = parser?._csiHandlers as Record<number, Handler[]> | undefined;
  const parameters = { params: [mode], length: 1, toArray: () => [mode] };
  for (const handler of [...(handlers?.[value ? SET_MODES : RESET_MODES] ?? [])].reverse())
    if (handler(parameters) === true) return;
}
