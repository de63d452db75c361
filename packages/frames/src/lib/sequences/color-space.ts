import { sequenceText } from "./sequence-text.js";

/** The last byte of SGR. */
export const SGR_FINAL = 0x6d;

const CONTROL_SEQUENCE = /^(?:\x1b\[|\xc2\x9b)([\d;:]*)m$/;
const WITHOUT_COLOR_SPACE = /^([345]8:2):(\d+:\d+:\d+)$/;

/**
 * An SGR whose true colours have no colour space, `38:2:r:g:b`, rewritten to have an empty one; null if there is none. xterm
 * reads it as three channels; the library takes the first for the colour space.
 */
export function withColorSpace(sequence: Uint8Array): Uint8Array | null {
  if (sequence.at(-1) !== SGR_FINAL || !sequence.includes(0x3a)) return null;
  const controls = sequence.filter((byte) => byte < 0x20 && byte !== 0x1b);
  const [, list] = CONTROL_SEQUENCE.exec(sequenceText(sequence)) ?? [];
  const amended = list?.split(";").map((parameter) => parameter.replace(WITHOUT_COLOR_SPACE, "$1::$2"));
  if (amended === undefined || amended.join(";") === list) return null;
  return Buffer.concat([controls, Buffer.from(`\x1b[${amended.join(";")}m`)]);
}
