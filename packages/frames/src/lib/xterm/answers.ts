import type { TerminalSize } from "@cassette/format";
import { currentStyle } from "./current-style.js";
import type { HiddenState } from "./hidden-state.js";
import type { Terminal } from "./library.js";
import { DEFAULT_COLORS, paletteColor } from "./palette.js";

/** What an answer may depend on. */
interface Asked {
  terminal: Terminal;
  hidden: HiddenState;
  size: () => TerminalSize;
  reply: (text: string) => void;
}

type Parameters = (number | number[])[];

const DCS = "\x1bP";
const ST = "\x1b\\";
/** Nothing is measured in pixels here; these are a common font's. */
const CELL_PIXELS = { height: 16, width: 8 };
const SHOW_CURSOR_MODE = 25;

/** What XTGETTCAP is told, by terminfo and termcap names. */
const CAPABILITIES: Record<string, string> = {
  TN: "xterm-256color",
  name: "xterm-256color",
  Co: "256",
  colors: "256",
  RGB: "8/8/8",
};

/**
 * Answers what the library leaves unanswered or answers wrongly. It answers DA1, DA2, DSR 5, DECRQM and most of DECRQSS
 * itself.
 * https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */
export function registerAnswers({ terminal, hidden, size, reply }: Asked): void {
  const { parser } = terminal;

  parser.registerCsiHandler({ prefix: "=", final: "c" }, (params) => {
    if (isZero(params)) reply(`${DCS}!|00000000${ST}`);
    return true;
  });
  parser.registerCsiHandler({ prefix: ">", final: "q" }, (params) => {
    if (isZero(params)) reply(`${DCS}>|xterm.js(6.0.0)${ST}`);
    return true;
  });
  // Known, and no enhancement is active, also after a program has asked for one.
  parser.registerCsiHandler({ prefix: "?", final: "u" }, () => {
    reply("\x1b[?0u");
    return true;
  });

  /** The library reports a column too many while the cursor waits to wrap. */
  const cursorReport = (mark: string) => (params: Parameters) => {
    if (params[0] !== 6) return false;
    const { cursorX, cursorY } = terminal.buffer.active;
    reply(`\x1b[${mark}${cursorY + 1};${Math.min(cursorX + 1, size().cols)}R`);
    return true;
  };
  parser.registerCsiHandler({ final: "n" }, cursorReport(""));
  parser.registerCsiHandler({ prefix: "?", final: "n" }, cursorReport("?"));

  /** The library does not notice that a full reset shows the cursor. */
  parser.registerCsiHandler({ prefix: "?", intermediates: "$", final: "p" }, (params) => {
    if (params[0] !== SHOW_CURSOR_MODE) return false;
    reply(`\x1b[?${SHOW_CURSOR_MODE};${hidden.cursorVisible ? 1 : 2}$y`);
    return true;
  });

  /** The library knows the style and always reports none. */
  parser.registerDcsHandler({ intermediates: "$", final: "q" }, (data) => {
    const style = data === "m" ? currentStyle(terminal) : null;
    if (style === null) return false;
    reply(`${DCS}1$r${style}${ST}`);
    return true;
  });

  registerSizeReports(terminal, size, reply);
  registerColorReports(terminal, reply);
  parser.registerDcsHandler({ intermediates: "+", final: "q" }, (data) => {
    for (const name of data.split(";")) reply(capabilityReport(name));
    return true;
  });
}

function isZero(params: Parameters): boolean {
  return params.length === 0 || params[0] === 0;
}

/** Sizes only: what else this sequence can do needs a window. */
function registerSizeReports(
  terminal: Terminal,
  size: () => TerminalSize,
  reply: (text: string) => void,
): void {
  terminal.parser.registerCsiHandler({ final: "t" }, (params) => {
    const { rows, cols } = size();
    const { height, width } = CELL_PIXELS;
    if (params[0] === 14) reply(`\x1b[4;${rows * height};${cols * width}t`);
    else if (params[0] === 16) reply(`\x1b[6;${height};${width}t`);
    else if (params[0] === 18) reply(`\x1b[8;${rows};${cols}t`);
    else if (params[0] === 19) reply(`\x1b[9;${rows};${cols}t`);
    else return false;
    return true;
  });
}

/** OSC 4, 10, 11, 12 with `?`. Colours that a program sets are not kept: frames have palette numbers. */
function registerColorReports({ parser }: Terminal, reply: (text: string) => void): void {
  parser.registerOscHandler(4, (data) => {
    const fields = data.split(";");
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const index = Number(fields[at]);
      if (fields[at + 1] === "?" && Number.isInteger(index) && index >= 0 && index < 256) {
        reply(colorReport(`4;${index}`, paletteColor(index)));
      }
    }
    return true;
  });
  const dynamic = [DEFAULT_COLORS.foreground, DEFAULT_COLORS.background, DEFAULT_COLORS.cursor];
  for (const [first] of dynamic.entries()) {
    parser.registerOscHandler(10 + first, (data) => {
      // One sequence may ask for several, each standing for the next number.
      for (const [offset, field] of data.split(";").entries()) {
        const color = dynamic[first + offset];
        if (field === "?" && color !== undefined) reply(colorReport(`${10 + first + offset}`, color));
      }
      return true;
    });
  }
}

function colorReport(what: string, color: number): string {
  const channel = (shift: number) => {
    const hex = ((color >> shift) & 0xff).toString(16).padStart(2, "0");
    return hex + hex;
  };
  return `\x1b]${what};rgb:${channel(16)}/${channel(8)}/${channel(0)}${ST}`;
}

function capabilityReport(hexName: string): string {
  const name = Buffer.from(hexName, "hex").toString("latin1");
  const value = Object.hasOwn(CAPABILITIES, name) ? CAPABILITIES[name] : undefined;
  // An unknown name is answered without repeating it: a reply must not be for the program to choose.
  if (value === undefined) return `${DCS}0+r${ST}`;
  return `${DCS}1+r${Buffer.from(name).toString("hex")}=${Buffer.from(value).toString("hex")}${ST}`;
}
