import type { HiddenState } from "../hidden-state.js";
import { DEFAULT_COLORS, paletteColor } from "./palette.js";
import { parseColor } from "./parse-color.js";
import type { ReplyContext } from "./reply-context.js";

/** OSC 10, 11 and 12, in that order: a sequence for one may continue with the next ones. */
const FIRST_DYNAMIC = 10;
const DYNAMIC = [DEFAULT_COLORS.foreground, DEFAULT_COLORS.background, DEFAULT_COLORS.cursor] as const;
const PALETTE_SIZE = 256;
/** OSC 104 resets what OSC 4 sets, OSC 110 what OSC 10 sets, and so on. */
const RESET = 100;

/**
 * OSC 4, 10, 11, 12 and their resets. The library neither keeps colours nor answers for them. Only colours that were
 * understood are kept, and answers are numbers: no reply repeats what the program wrote.
 */
export function registerColorReports({ terminal, hidden, reply, terminator }: ReplyContext): void {
  const { parser } = terminal;

  function handle(name: string, value: string, initial: number): void {
    if (value === "?") reply(`\x1b]${name};${rgb(hidden.colors.get(name) ?? initial)}${terminator()}`);
    else setColor(hidden, name, parseColor(value));
  }

  parser.registerOscHandler(4, (data) => {
    const fields = data.split(";");
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const index = paletteIndex(fields[at]);
      if (index !== null) handle(`4;${index}`, fields[at + 1] ?? "", paletteColor(index));
    }
    return true;
  });
  parser.registerOscHandler(4 + RESET, (data) => {
    const names = data === "" ? null : new Set(data.split(";").map((field) => `4;${paletteIndex(field)}`));
    forget(hidden, (name) => name.startsWith("4;") && (names?.has(name) ?? true));
    return true;
  });
  for (const [first] of DYNAMIC.entries()) {
    const number = FIRST_DYNAMIC + first;
    parser.registerOscHandler(number, (data) => {
      for (const [offset, value] of data.split(";").entries()) {
        const initial = DYNAMIC[first + offset];
        if (initial !== undefined) handle(`${number + offset}`, value, initial);
      }
      return true;
    });
    parser.registerOscHandler(number + RESET, () => {
      forget(hidden, (name) => name === `${number}`);
      return true;
    });
  }
}

function paletteIndex(text = ""): number | null {
  const index = /^\d{1,3}$/.test(text) ? Number(text) : PALETTE_SIZE;
  return index < PALETTE_SIZE ? index : null;
}

function setColor(hidden: HiddenState, name: string, color: number | null): void {
  if (color !== null) hidden.colors = new Map([...hidden.colors, [name, color]]);
}

function forget(hidden: HiddenState, isForgotten: (name: string) => boolean): void {
  hidden.colors = new Map([...hidden.colors].filter(([name]) => !isForgotten(name)));
}

function rgb(color: number): string {
  const channel = (shift: number) => {
    const hex = ((color >> shift) & 0xff).toString(16).padStart(2, "0");
    return hex + hex;
  };
  return `rgb:${channel(16)}/${channel(8)}/${channel(0)}`;
}
