import { internalsOf } from "../internals.js";
import type { Parameters, ReplyContext } from "./reply-context.js";

const CURSOR_POSITION = 6;

/**
 * CPR and DECXCPR. The library reports a column too many while the cursor waits to wrap, and in origin mode the row of
 * the screen instead of that of the margins: https://github.com/xtermjs/xterm.js/pull/6061.
 */
export function registerCursorReports({ terminal, size, reply }: ReplyContext): void {
  const buffers = internalsOf(terminal)?._bufferService.buffers;
  const report = (prefix: string) => (params: Parameters) => {
    if (params[0] !== CURSOR_POSITION) return false;
    const { cursorX, cursorY } = terminal.buffer.active;
    const origin = terminal.modes.originMode ? Number(buffers?.active.scrollTop ?? 0) : 0;
    reply(`\x1b[${prefix}${cursorY + 1 - origin};${Math.min(cursorX + 1, size().cols)}R`);
    return true;
  };
  terminal.parser.registerCsiHandler({ final: "n" }, report(""));
  terminal.parser.registerCsiHandler({ prefix: "?", final: "n" }, report("?"));
}
