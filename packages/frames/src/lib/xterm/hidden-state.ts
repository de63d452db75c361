import type { Terminal } from "./library.js";

/** What the library knows and its public interface does not tell. */
export interface HiddenState {
  readonly title: string;
  readonly cursorVisible: boolean;
}

const SHOW_CURSOR = 25;

const INITIAL: HiddenState = { title: "", cursorVisible: true };

/** Watches a terminal from its creation on for what cannot be asked of it later. */
export function watchHiddenState(terminal: Terminal, initial = INITIAL): HiddenState {
  const state = { title: initial.title, cursorVisible: initial.cursorVisible };
  terminal.onTitleChange((title) => {
    state.title = title;
  });
  /** Handlers answer false: the library's own ones follow. */
  const setCursor = (visible: boolean) => (params: (number | number[])[]) => {
    if (params.includes(SHOW_CURSOR)) state.cursorVisible = visible;
    return false;
  };
  const showCursor = () => {
    state.cursorVisible = true;
    return false;
  };
  terminal.parser.registerCsiHandler({ prefix: "?", final: "h" }, setCursor(true));
  terminal.parser.registerCsiHandler({ prefix: "?", final: "l" }, setCursor(false));
  terminal.parser.registerCsiHandler({ intermediates: "!", final: "p" }, showCursor);
  terminal.parser.registerEscHandler({ final: "c" }, showCursor);
  return state;
}
