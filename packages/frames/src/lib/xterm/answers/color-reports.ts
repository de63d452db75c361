import type { HiddenState } from "../hidden-state.js";
import { DEFAULT_COLORS, paletteColor } from "./palette.js";
import { parseColor } from "./parse-color.js";
import type { ReplyContext } from "./reply-context.js";

/** OSC 10, 11 and 12, in that order: a sequence for one may continue with the next ones. */
const FIRST_DYNAMIC = 10;
const DYNAMIC = [DEFAULT_COLORS.foreground, DEFAULT_COLORS.background, DEFAULT_COLORS.cursor] as const;
const PALETTE_SIZE = 256;
/** Colours for bold, underlined, blinking, inverse and italic text, which xterm counts after the palette's. */
const SPECIAL_COLORS = 5;
/** OSC 104 resets what OSC 4 sets, OSC 110 what OSC 10 sets, and so on. */
const RESET = 100;

/**
 * OSC 4, 5, 10, 11, 12 and their resets. The library neither keeps colours nor answers for them. Only colours that were
 * understood are kept, and answers are numbers: no reply repeats what the program wrote.
 */
export function registerColorReports({ terminal, hidden, reply, terminator }: ReplyContext): void {
  const { parser } = terminal;

  /** `asked` is what the query calls the colour; `color` what it is called here, and how it begins. */
  function handle(asked: string, color: NamedColor, value: string): void {
    if (value !== "?") setColor(hidden, color.name, parseColor(value));
    else reply(`\x1b]${asked};${rgb(hidden.colors.get(color.name) ?? color.initial)}${terminator()}`);
  }

  /** OSC 4, or OSC 5, which counts from the first special colour. */
  function registerIndexed(number: number, firstSpecial: number): void {
    parser.registerOscHandler(number, (data) => {
      const fields = data.split(";");
      for (let at = 0; at + 1 < fields.length; at += 2) {
        const color = indexedColor(fields[at], firstSpecial);
        if (color !== null) handle(`${number};${Number(fields[at])}`, color, fields[at + 1] ?? "");
      }
      return true;
    });
    parser.registerOscHandler(number + RESET, (data) => {
      const names =
        data === "" ? null : data.split(";").map((field) => indexedColor(field, firstSpecial)?.name);
      forget(hidden, (name) => name.startsWith(`${number};`) && (names?.includes(name) ?? true));
      return true;
    });
  }

  registerIndexed(4, PALETTE_SIZE);
  registerIndexed(5, 0);
  for (const [first] of DYNAMIC.entries()) {
    const number = FIRST_DYNAMIC + first;
    parser.registerOscHandler(number, (data) => {
      for (const [offset, value] of data.split(";").entries()) {
        const initial = DYNAMIC[first + offset];
        const name = `${number + offset}`;
        if (initial !== undefined) handle(name, { name, initial }, value);
      }
      return true;
    });
    parser.registerOscHandler(number + RESET, () => {
      forget(hidden, (name) => name === `${number}`);
      return true;
    });
  }
}

/** A colour by the name that it is kept under, and what it is until a program sets it: `r<<16 | g<<8 | b`. */
interface NamedColor {
  name: string;
  initial: number;
}

/** A colour of the palette or a special one; null for any other index. */
function indexedColor(text = "", firstSpecial: number): NamedColor | null {
  const index = /^\d{1,3}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  if (index < firstSpecial) return { name: `4;${index}`, initial: paletteColor(index) };
  const special = index - firstSpecial;
  return special < SPECIAL_COLORS ? { name: `5;${special}`, initial: DEFAULT_COLORS.foreground } : null;
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
