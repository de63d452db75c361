import type { HiddenState } from "../hidden-state.js";
import type { Terminal } from "../library.js";
import { registerCopy } from "./copy.js";
import { registerFills } from "./fill.js";
import { registerRestyling } from "./restyle.js";

/** Operations on rectangles, of which the library has none. */
export function registerRectangles(terminal: Terminal, hidden: HiddenState): void {
  registerFills(terminal, hidden);
  registerCopy(terminal);
  registerRestyling(terminal, hidden);
}
