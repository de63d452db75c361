import { registerChecksum } from "./checksum.js";
import { registerColorReports } from "./color-reports.js";
import { registerCursorReports } from "./cursor-reports.js";
import { registerDeviceStatus } from "./device-status.js";
import { registerModeReports } from "./mode-reports.js";
import type { Parameters, ReplyContext } from "./reply-context.js";
import { DCS, ST } from "./reply-context.js";
import { registerSettingReports } from "./setting-reports.js";

/** Nothing is measured in pixels here; these are a common font's. */
const CELL_PIXELS = { height: 16, width: 8 };

/** Answers to XTGETTCAP, by terminfo and termcap names. */
const CAPABILITIES: Record<string, string> = {
  TN: "xterm-256color",
  name: "xterm-256color",
  Co: "256",
  colors: "256",
  RGB: "8/8/8",
};

/**
 * Answers what the library leaves unanswered or answers wrongly. It answers DA1, DA2, DSR 5, and parts of DECRQM and DECRQSS
 * itself.
 * https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */
export function registerAnswers(asked: ReplyContext): void {
  registerIdentity(asked);
  registerDeviceStatus(asked);
  registerCursorReports(asked);
  registerModeReports(asked);
  registerSettingReports(asked);
  registerChecksum(asked);
  registerSizeReports(asked);
  registerColorReports(asked);
}

/** DA3, XTVERSION, the kitty keyboard query and XTGETTCAP. */
function registerIdentity({ terminal: { parser }, reply }: ReplyContext): void {
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
  parser.registerDcsHandler({ intermediates: "+", final: "q" }, (data) => {
    for (const name of data.split(";"))
      reply(CAPABILITY_REPORTS.get(name.toUpperCase()) ?? UNKNOWN_CAPABILITY);
    return true;
  });
}

function isZero(params: Parameters): boolean {
  return params.length === 0 || params[0] === 0;
}

/** Sizes only: what else this sequence can do needs a window. */
function registerSizeReports({ terminal, size, reply }: ReplyContext): void {
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

/** By the name in hexadecimal. */
const CAPABILITY_REPORTS = new Map(
  Object.entries(CAPABILITIES).map(([name, value]) => [
    hexOf(name),
    `${DCS}1+r${hexOf(name)}=${hexOf(value)}${ST}`,
  ]),
);
/** An unknown name is answered without repeating it: a program must not choose its reply. */
const UNKNOWN_CAPABILITY = `${DCS}0+r${ST}`;

/** In capitals, as xterm answers. */
function hexOf(text: string): string {
  return Buffer.from(text).toString("hex").toUpperCase();
}
