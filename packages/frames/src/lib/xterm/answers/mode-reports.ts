import type { HiddenState } from "../hidden-state.js";
import { KEPT_MODES } from "../kept-modes.js";
import type { Parameters, ReplyContext } from "./reply-context.js";

const SET = 1;
const RESET = 2;
const NEVER_SET = 4;

const SHOW_CURSOR = "?25";
/** ANSI modes that no current terminal has, and DECHCCM: a window moves with the cursor. */
const OBSOLETE = new Set(["1", "5", "7", "10", "11", "13", "14", "15", "16", "17", "18", "19", "?60"]);

/**
 * DECRQM, of which the library answers for the modes it has. It does not notice that a full reset shows the cursor.
 * https://vt100.net/docs/vt510-rm/DECRQM.html
 */
export function registerModeReports({ terminal, hidden, reply }: ReplyContext): void {
  const report = (prefix: string) => (params: Parameters) => {
    const [mode = 0] = params;
    const state = stateOf(hidden, `${prefix}${mode}`);
    if (state === null) return false;
    reply(`\x1b[${prefix}${mode};${state}$y`);
    return true;
  };
  terminal.parser.registerCsiHandler({ intermediates: "$", final: "p" }, report(""));
  terminal.parser.registerCsiHandler({ prefix: "?", intermediates: "$", final: "p" }, report("?"));
}

/** @param name the number of the mode, after `?` for a private one. */
function stateOf({ cursorVisible, changedModes }: HiddenState, name: string): number | null {
  if (name === SHOW_CURSOR) return cursorVisible ? SET : RESET;
  if (OBSOLETE.has(name)) return NEVER_SET;
  const atFirst = KEPT_MODES.get(name);
  if (atFirst === undefined) return null;
  return atFirst !== changedModes.has(name) ? SET : RESET;
}
