import { KEPT_MODES } from "./kept-modes.js";
import type { Terminal } from "./library.js";

/** State that the library or its public interface does not have. Its values are never mutated, only replaced. */
export interface HiddenState {
  readonly title: string;
  readonly cursorVisible: boolean;
  /** Those of {@link KEPT_MODES} that differ from their initial value. */
  readonly changedModes: ReadonlySet<string>;
  /** Colours that the program set, by what they are called in queries: `4;1`, `11`. */
  colors: ReadonlyMap<string, number>;
  /** Links by number, in the order they were opened. */
  links: ReadonlyMap<number, string>;
}

const SHOW_CURSOR = 25;

const INITIAL: HiddenState = {
  title: "",
  cursorVisible: true,
  changedModes: new Set(),
  colors: new Map(),
  links: new Map(),
};

type Parameters = (number | number[])[];

/** Observes a terminal from its creation for state that cannot be read from it later. */
export function watchHiddenState(terminal: Terminal, initial = INITIAL): HiddenState {
  const state = { ...initial };
  terminal.onTitleChange((title) => {
    state.title = title;
  });
  /** Handlers answer false: the library's own ones follow. */
  const setModes = (prefix: string, isSet: boolean) => (params: Parameters) => {
    if (prefix === "?" && params.includes(SHOW_CURSOR)) state.cursorVisible = isSet;
    for (const mode of params) {
      const name = `${prefix}${mode}`;
      if (KEPT_MODES.has(name)) state.changedModes = withMode(state.changedModes, name, isSet);
    }
    return false;
  };
  for (const prefix of ["", "?"]) {
    const id = prefix === "" ? {} : { prefix };
    terminal.parser.registerCsiHandler({ ...id, final: "h" }, setModes(prefix, true));
    terminal.parser.registerCsiHandler({ ...id, final: "l" }, setModes(prefix, false));
  }
  terminal.parser.registerCsiHandler({ intermediates: "!", final: "p" }, () => {
    state.cursorVisible = true;
    return false;
  });
  terminal.parser.registerEscHandler({ final: "c" }, () => {
    Object.assign(state, INITIAL, { title: state.title, links: state.links });
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
