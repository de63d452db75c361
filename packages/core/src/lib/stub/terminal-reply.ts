const ESC = 0x1b;
const BEL = 0x07;
/** A reply longer than this is none. */
const LONGEST_REPLY = 4_096;

/** What stands at an ESC: the length of a whole reply, the beginning of one, or something else. */
export type ReplyLength = number | "incomplete" | "none";

/**
 * Measures the terminal's reply to a query at the start of `bytes`: device attributes, mode and status reports, colours,
 * and strings. A cursor position looks like a modified F3, so it counts only where `cursorToo`.
 */
export function measureReply(bytes: Uint8Array, cursorToo: boolean): ReplyLength {
  if (bytes[0] !== ESC) return "none";
  if (bytes.length === 1) return "incomplete";
  if (bytes[1] === 0x5d || bytes[1] === 0x50) return measureString(bytes);
  return bytes[1] === 0x5b ? measureReport(bytes, cursorToo) : "none";
}

function measureReport(bytes: Uint8Array, cursorToo: boolean): ReplyLength {
  const text = Buffer.from(bytes.subarray(2, 66)).toString("latin1");
  const whole =
    /^(?:[?>=][0-9;:]*(?:\$y|[cnu])|[03]n)/.exec(text) ?? (cursorToo ? /^\??\d+;\d+R/.exec(text) : null);
  if (whole) return 2 + whole[0].length;
  return /^(?:[?>=][0-9;:]*\$?|[03]|\d+;?\d*)?$/.test(text) ? "incomplete" : "none";
}

/** OSC and DCS: up to BEL or ST. */
function measureString(bytes: Uint8Array): ReplyLength {
  for (let at = 2; at < Math.min(bytes.length, LONGEST_REPLY); at++) {
    if (bytes[at] === BEL) return at + 1;
    if (bytes[at] === ESC && bytes[at + 1] === 0x5c) return at + 2;
  }
  return bytes.length < LONGEST_REPLY ? "incomplete" : "none";
}
