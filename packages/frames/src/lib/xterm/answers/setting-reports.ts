import type { HiddenState } from "../hidden-state.js";
import { internalsOf } from "../internals.js";
import type { Terminal } from "../library.js";
import { currentStyle } from "./current-style.js";
import { DCS, type ReplyContext, ST } from "./reply-context.js";

/** Numbers of the steady cursor shapes; one less is the blinking shape. */
const SHAPES = { block: 2, underline: 4, bar: 6 } as const;

/**
 * DECRQSS. The library knows the style and always reports none, and reports the cursor's shape from its options although a
 * program has set another.
 */
export function registerSettingReports({ terminal, hidden, size, reply }: ReplyContext): void {
  terminal.parser.registerDcsHandler({ intermediates: "$", final: "q" }, (data) => {
    const setting = settingOf(terminal, hidden, data, size().rows);
    if (setting === null) return false;
    reply(`${DCS}1$r${setting}${ST}`);
    return true;
  });
}

/** A setting as the control sequence that makes it; null for those that are the library's to report. */
function settingOf(terminal: Terminal, hidden: HiddenState, name: string, rows: number): string | null {
  switch (name) {
    case "m":
      return currentStyle(terminal);
    case " q":
      return cursorShape(terminal);
    case "t":
      return `${rows}t`;
    case "*|":
      return `${rows}*|`;
    case "*x":
      return `${hidden.changesRectangle ? 2 : 0}*x`;
    case "$}":
    case "$~":
      // No status line.
      return `0${name}`;
    default:
      return null;
  }
}

function cursorShape(terminal: Terminal): string | null {
  const modes = internalsOf(terminal)?.coreService.decPrivateModes as
    | { cursorStyle?: keyof typeof SHAPES; cursorBlink?: boolean }
    | undefined;
  if (modes === undefined) return null;
  const shape = SHAPES[modes.cursorStyle ?? "block"];
  return `${modes.cursorBlink ? shape - 1 : shape} q`;
}
