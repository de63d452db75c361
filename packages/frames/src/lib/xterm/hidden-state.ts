import { KEPT_MODES, REVERSE_WRAP_ALL } from "./kept-modes.js";
import type { Terminal } from "./library.js";

/** State that the library or its public interface does not have. Its values are never mutated, only replaced. */
export interface HiddenState {
  readonly title: string;
  readonly cursorVisible: boolean;
  /** Those of {@link KEPT_MODES} that differ from their initial value. */
  readonly changedModes: ReadonlySet<string>;
  /** Private modes that were set when XTSAVE saved them: `saved-modes.ts`. */
  savedModes: ReadonlySet<number>;
  /** Cells are protected the way ISO 6429 says, not the way DEC does: `protected-areas.ts`. */
  isoProtection: boolean;
  /** DECSACE: changes of style go to the cells of a rectangle, not to all between two places. */
  changesRectangle: boolean;
  /** Colours that the program set, by what they are called in queries: `4;1`, `11`. */
  colors: ReadonlyMap<string, number>;
  /** Links by number, in the order they were opened. */
  links: ReadonlyMap<number, string>;
}

const SHOW_CURSOR = 25;

/** What there is at first, and again after a full reset. */
export const INITIAL_STATE: HiddenState = {
  title: "",
  cursorVisible: true,
  changedModes: new Set(),
  savedModes: new Set(),
  isoProtection: false,
  changesRectangle: false,
  colors: new Map(),
  links: new Map(),
};

type Parameters = (number | number[])[];

/**
 * Watches a terminal from its creation on for what cannot be asked of it later.
 * @param now the state to start from.
 * @param initial the state after a full reset.
 * @param onModes called when {@link HiddenState.changedModes} may have changed.
 */
export function watchHiddenState(
  terminal: Terminal,
  now: HiddenState,
  initial: HiddenState,
  onModes: (state: HiddenState) => void,
): HiddenState {
  const state = { ...now };
  terminal.onTitleChange((title) => {
    state.title = title;
  });
  /** Handlers answer false: the library's own ones follow. */
  const setModes = (prefix: string, isSet: boolean) => (params: Parameters) => {
    if (prefix === "?" && params.includes(SHOW_CURSOR)) state.cursorVisible = isSet;
    for (const mode of params) {
      const name = `${prefix}${mode}`;
      if (!KEPT_MODES.has(name)) continue;
      state.changedModes = withMode(state.changedModes, name, isSet);
      onModes(state);
    }
    return false;
  };
  for (const prefix of ["", "?"]) {
    const id = prefix === "" ? {} : { prefix };
    terminal.parser.registerCsiHandler({ ...id, final: "h" }, setModes(prefix, true));
    terminal.parser.registerCsiHandler({ ...id, final: "l" }, setModes(prefix, false));
  }
  terminal.parser.registerCsiHandler({ intermediates: "!", final: "p" }, () => {
    Object.assign(state, { cursorVisible: true, isoProtection: false, changesRectangle: false });
    state.changedModes = withMode(state.changedModes, REVERSE_WRAP_ALL, false);
    return false;
  });
  terminal.parser.registerEscHandler({ final: "c" }, () => {
    const { title, links, savedModes } = state;
    Object.assign(state, initial, { title, links, savedModes });
    onModes(state);
    return false;
  });
  return state;
}

function withMode(changed: ReadonlySet<string>, name: string, isSet: boolean): ReadonlySet<string> {
  const isChanged = isSet !== KEPT_MODES.get(name);
  if (isChanged === changed.has(name)) return changed;
  const others = [...changed].filter((other) => other !== name);
  return new Set(isChanged ? [...others, name] : others);
}
