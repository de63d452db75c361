import { maySetAutowrap } from "./autowrap.js";
import { ERASE_FINAL } from "./erase-to-cursor.js";
import { LONGEST_SEQUENCE } from "./hold.js";
import { repeats } from "./repeat-limit.js";

const ESC = 0x1b;
const BRACKET = 0x5b;

/** Last bytes of sequences that are worth a look. */
const NOTABLE = Uint8Array.from({ length: 128 }, (_, byte) =>
  repeats(byte) || maySetAutowrap(byte) || byte === ERASE_FINAL ? 1 : 0,
);

/** Whether a sequence with this last byte is worth a look. */
export function isNotable(final: number): boolean {
  return NOTABLE[final] === 1;
}

/** The next place at or after `at` with an ESC or a character beyond ASCII; most of all output lies before one. */
export function skipText(bytes: Uint8Array, at: number): number {
  let end = at;
  for (; end < bytes.length; end++) {
    const byte = bytes[end] as number;
    if (byte === ESC || byte >= 0x80) break;
  }
  return end;
}

/** The end of a whole and short control sequence that is of no interest and begins at `at`; `at` where none does. */
export function skipControlSequence(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== ESC || bytes[at + 1] !== BRACKET) return at;
  const limit = Math.min(bytes.length, at + LONGEST_SEQUENCE);
  for (let end = at + 2; end < limit; end++) {
    const byte = bytes[end] as number;
    if (byte < 0x20 || byte >= 0x7f) return at;
    if (byte >= 0x40) return NOTABLE[byte] === 1 && mayMatter(bytes, at, end) ? at : end + 1;
  }
  return at;
}

const LETTER = { p: 0x70, h: 0x68, l: 0x6c } as const;
const DIGIT = { one: 0x31, seven: 0x37 } as const;
const EXCLAMATION_MARK = 0x21;
/** Fewer digits make no number worth limiting. */
const SHORTEST_LARGE_NUMBER = 2;

/** A quick look at a control sequence with a notable last byte at `end`: most of them do nothing out of the ordinary. */
function mayMatter(bytes: Uint8Array, start: number, end: number): boolean {
  switch (bytes[end]) {
    case LETTER.h:
    case LETTER.l:
      return has(bytes, start, end, DIGIT.seven);
    case LETTER.p:
      return has(bytes, start, end, EXCLAMATION_MARK);
    case ERASE_FINAL:
      return has(bytes, start, end, DIGIT.one);
    default:
      return end - start - 2 >= SHORTEST_LARGE_NUMBER;
  }
}

function has(bytes: Uint8Array, start: number, end: number, wanted: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === wanted) return true;
  return false;
}
