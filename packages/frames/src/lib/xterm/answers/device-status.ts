import { DCS, type Parameters, type ReplyContext, ST } from "./reply-context.js";

/** The reports of a terminal without printer, macros and locator. */
const STATUS = new Map([
  [15, "\x1b[?13n"], // No printer.
  [25, "\x1b[?20n"], // Keys that programs define are not locked.
  [26, "\x1b[?27;1n"], // A North American keyboard.
  [53, "\x1b[?50n"], // No locator.
  [55, "\x1b[?50n"],
  [56, "\x1b[?57;0n"],
  [62, "\x1b[0*{"], // No room for macros.
  [75, "\x1b[?70n"], // No errors in what was sent.
  [85, "\x1b[?83n"], // One session only.
]);
const MACRO_CHECKSUM = 63;
const MOST_IDENTIFIER = 65_535;

/** DECDSR, of which the library answers nothing but the cursor's position. https://vt100.net/docs/vt510-rm/DSR.html */
export function registerDeviceStatus({ terminal, reply }: ReplyContext): void {
  terminal.parser.registerCsiHandler({ prefix: "?", final: "n" }, (params: Parameters) => {
    const [what = 0, identifier = 0] = params;
    if (what === MACRO_CHECKSUM) {
      reply(`${DCS}${Math.min(Number(identifier), MOST_IDENTIFIER)}!~0000${ST}`);
      return true;
    }
    const status = STATUS.get(Number(what));
    if (status === undefined) return false;
    reply(status);
    return true;
  });
}
