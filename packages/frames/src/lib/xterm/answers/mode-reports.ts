import type { HiddenState } from "../hidden-state.js";
import { KEPT_MODES } from "../kept-modes.js";
import type { Parameters, ReplyContext } from "./reply-context.js";

const SET = 1;
const RESET = 2;
const NEVER_SET = 4;

/** ANSI modes that no current terminal has. */
const OBSOLETE = new Set([1, 5, 7, 10, 11, 13, 14, 15, 16, 17, 18, 19]);
const SHOW_CURSOR = 25;
/** DECHCCM: a window moves with the cursor. */
const HORIZONTAL_COUPLING = 60;

/**
 * DECRQM, of which the library answers for the modes it has. It does not notice that a full reset shows the cursor.
 * https://vt100.net/docs/vt510-rm/DECRQM.html
 */
export function registerModeReports({ terminal, hidden, reply }: ReplyContext): void {
  const report = (prefix: string) => (params: Parameters) => {
    const [mode = 0] = params;
    const state = stateOf(hidden, prefix, Number(mode));
    if (state === null) return false;
    reply(`\x1b[${prefix}${mode};${state}$y`);
    return true;
  };
  terminal.parser.registerCsiHandler({ intermediates: "$", final: "p" }, report(""));
  terminal.parser.registerCsiHandler({ prefix: "?", intermediates: "$", final: "p" }, report("?"));
}

function stateOf({ cursorVisible, changedModes }: HiddenState, prefix: string, mode: number): number | null {
  if (prefix === "?" && mode === SHOW_CURSOR) return cursorVisible ? SET : RESET;
  if (prefix === "?" && mode === HORIZONTAL_COUPLING) return NEVER_SET;
  if (prefix === "" && OBSOLETE.has(mode)) return NEVER_SET;
  const name = `${prefix}${mode}`;
  const atFirst = KEPT_MODES.get(name);
  if (atFirst === undefined) return null;
  return atFirst !== changedModes.has(name) ? SET : RESET;
}
