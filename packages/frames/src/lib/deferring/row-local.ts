import { nextState, STATE } from "@cassette/format/sequences";

/** How far bytes are known to stay within their rows. */
export interface RowLocal {
  /** All bytes before it do. */
  end: number;
  /** What begins there does not, or may not. Otherwise it is unfinished. */
  isForeign: boolean;
}

const ESC = 0x1b;
/** First byte of the C1 controls in UTF-8. */
const C1_LEAD = 0xc2;
/** The first second byte of a character that is not one of them. */
const FIRST_TEXT = 0xa0;
const FIRST_PREFIX = 0x3c;
/** Longer sequences are not waited for. */
const LONGEST = 64;

const isPlain = (byte: number) =>
  (byte >= 0x20 && byte !== C1_LEAD) || [0x00, 0x09, 0x0a, 0x0d].includes(byte);
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => Number(isPlain(byte)));
/** Last bytes of SGR and EL. */
const LOCAL_FINALS = new Set([0x6d, 0x4b]);

/**
 * Finds the end of output that changes nothing but the cursor's row, the style of text, and the row the cursor is in, which
 * moves down only: text, tabs, line ends, SGR and EL.
 * @param start in the ground state, where a character or sequence begins.
 */
export function rowLocal(bytes: Uint8Array, start: number, end: number): RowLocal {
  for (let at = start; ; ) {
    while (at < end && PLAIN[bytes[at] as number] === 1) at++;
    if (at === end) return { end, isForeign: false };
    const next = bytes[at] === ESC ? sequenceEnd(bytes, at, end) : characterEnd(bytes, at, end);
    if (next === null) return { end: at, isForeign: end - at > LONGEST };
    if (next === at) return { end: at, isForeign: true };
    at = next;
  }
}

/** The end of a sequence that is local; `at` for another, and null for one that is unfinished. */
function sequenceEnd(bytes: Uint8Array, start: number, end: number): number | null {
  let state: number = STATE.escape;
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at] as number;
    state = nextState(state, byte);
    if (state === STATE.ground) return LOCAL_FINALS.has(byte) && at > start + 1 ? at + 1 : start;
    const isInside = state === STATE.csiEntry || state === STATE.csiParameter;
    if (!isInside || byte < 0x20 || (byte >= FIRST_PREFIX && at > start + 1)) return start;
  }
  return null;
}

function characterEnd(bytes: Uint8Array, at: number, end: number): number | null {
  if (bytes[at] !== C1_LEAD) return at;
  if (at + 1 === end) return null;
  const second = bytes[at + 1] as number;
  return second >= 0x80 && second < FIRST_TEXT ? at : at + 1;
}
