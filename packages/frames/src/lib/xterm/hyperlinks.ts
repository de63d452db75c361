import type { HiddenState } from "./hidden-state.js";
import { internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";

/** Links that are remembered; the oldest are forgotten first, though they may still be shown. */
const MOST_LINKS = 1_024;
const LONGEST_URI = 2_083;

/**
 * Keeps hyperlinks (OSC 8) with their cells. The library keeps every link for good, and draws them as underlines, which
 * the program did not ask for: so its own handler is bypassed, and only its place for a number in each cell is used.
 */
export function keepHyperlinks(terminal: Terminal, hidden: HiddenState): void {
  const handler = internalsOf(terminal)?._inputHandler;
  terminal.parser.registerOscHandler(8, (data) => {
    const uri = data.slice(data.indexOf(";") + 1);
    if (handler === undefined || !data.includes(";")) return true;
    const style = handler._curAttrData;
    style.extended = style.extended.clone();
    style.extended.urlId = uri === "" || uri.length > LONGEST_URI ? 0 : remember(hidden, uri);
    style.updateExtended();
    return true;
  });
}

/** The number of a link. */
function remember(hidden: HiddenState, uri: string): number {
  const last = [...hidden.links].at(-1);
  if (last?.[1] === uri) return last[0];
  const number = (last?.[0] ?? 0) + 1;
  hidden.links = new Map([...hidden.links, [number, uri] as const].slice(-MOST_LINKS));
  return number;
}
