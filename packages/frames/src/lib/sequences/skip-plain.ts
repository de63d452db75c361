import { isAscii } from "node:buffer";
import { maySetAutowrap } from "./autowrap.js";
import { SGR_FINAL } from "./color-space.js";
import { commonCharacter } from "./common-characters.js";
import { ERASE_FINAL } from "./erase-to-cursor.js";
import { nextEscape } from "./next-escape.js";
import { LONGEST_SEQUENCE } from "./partial-sequence.js";
import { createPlainText } from "./plain-text.js";
import { movesLines, repeats, SHORTEST_LARGE_NUMBER } from "./repeat-limit.js";
import { isCostlyWithIntermediate, isIntermediate } from "./work.js";

const ESC = 0x1b;
const BRACKET = 0x5b;
/** Begins the choice of a character set. */
const CHARACTER_SET = 0x28;

/** Last bytes of sequences that need parsing. */
const NOTABLE = Uint8Array.from({ length: 128 }, (_, byte) =>
  repeats(byte) ||
  maySetAutowrap(byte) ||
  byte === ERASE_FINAL ||
  byte === SGR_FINAL ||
  isCostlyWithIntermediate(byte)
    ? 1
    : 0,
);

/** Whether a sequence with this last byte needs parsing. */
export function isNotable(final: number): boolean {
  return NOTABLE[final] === 1;
}

/** Skips what needs no parsing: text, character sets, line drawing, short and whole control sequences. */
export interface PlainScanner {
  /**
   * The end of such a run that begins at `at` in the ground state. Nearly all output needs no parsing.
   * @param wraps whether wide characters that do not fit go to the next row, so that they need no parsing.
   */
  skip(at: number, wraps: boolean): number;
  /** Whether the last thing skipped was text, so that a mark that follows has a character to join. */
  readonly endsInText: boolean;
}

/** Chooses the scanner for some bytes. In ASCII a native search finds everything that matters. */
export function plainScannerFor(chunk: Uint8Array): PlainScanner {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  // Marks, which must know what they follow, are not ASCII.
  if (isAscii(bytes)) return { skip: (at) => skipAscii(bytes, at), endsInText: false };
  return createUtf8Skipper(bytes);
}

function skipAscii(bytes: Buffer, at: number): number {
  let end = nextEscape(bytes, at);
  while (end < bytes.length) {
    const next = skipSequence(bytes, end);
    if (next === end) return end;
    end = nextEscape(bytes, next);
  }
  return end;
}

/** Bytes that begin a longer character or sequence in the ground state. The others are text or have no effect here. */
const FIRST_OF_MORE = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte === ESC || byte >= 0x80));

function createUtf8Skipper(bytes: Buffer): PlainScanner {
  const text = createPlainText(bytes);
  let sequenceEnd = 0;
  let last = 0;
  function skip(at: number, wraps: boolean): number {
    let end = at;
    for (;;) {
      if (wraps) end = text.skip(end);
      if (end >= bytes.length) break;
      const byte = bytes[end] as number;
      if (FIRST_OF_MORE[byte] === 0) {
        end++;
        continue;
      }
      const next = byte === ESC ? skipSequence(bytes, end) : skipCharacter(bytes, end, wraps);
      if (next === end) break;
      if (byte === ESC) sequenceEnd = next;
      end = next;
    }
    last = end;
    return end;
  }
  return {
    skip,
    get endsInText() {
      const byte = bytes[last - 1] ?? 0;
      return last !== sequenceEnd && byte >= 0x20 && byte !== 0x7f;
    },
  };
}

/** The end of a whole sequence that needs no parsing and begins at `at`; `at` if there is none. */
function skipSequence(bytes: Buffer, at: number): number {
  if (at + 2 >= bytes.length) return at;
  const second = bytes[at + 1] as number;
  if (second === BRACKET) return skipControlSequence(bytes, at);
  const third = bytes[at + 2] as number;
  return second === CHARACTER_SET && third >= 0x30 && third < 0x7f ? at + 3 : at;
}

function skipCharacter(bytes: Buffer, at: number, wraps: boolean): number {
  return wraps ? at + commonCharacter(bytes, at) : skipLineDrawing(bytes, at);
}

/** Past U+2500 to U+257F, of which frames are made: no marks and not wide. */
function skipLineDrawing(bytes: Buffer, at: number): number {
  if (bytes[at] !== 0xe2 || at + 2 >= bytes.length) return at;
  const second = bytes[at + 1] as number;
  const third = bytes[at + 2] as number;
  return (second === 0x94 || second === 0x95) && third >= 0x80 && third < 0xc0 ? at + 3 : at;
}

/** The end of a whole, short control sequence that needs no parsing and begins at `at`; `at` if there is none. */
function skipControlSequence(bytes: Buffer, at: number): number {
  const limit = Math.min(bytes.length, at + LONGEST_SEQUENCE);
  let end = at + 2;
  let byte = 0;
  while (end < limit) {
    byte = bytes[end] as number;
    if (byte < 0x20 || byte >= 0x40) break;
    end++;
  }
  if (end === limit || byte < 0x40 || byte >= 0x7f) return at;
  return NOTABLE[byte] === 1 && mayMatter(bytes, at, end) ? at : end + 1;
}

const LETTER = { p: 0x70, h: 0x68, l: 0x6c } as const;
const DIGIT = { zero: 0x30, four: 0x34, seven: 0x37, nine: 0x39 } as const;
const EXCLAMATION_MARK = 0x21;
const COLON = 0x3a;

/** A quick check of a control sequence with a notable last byte at `end`: most have no special effect. */
function mayMatter(bytes: Buffer, start: number, end: number): boolean {
  switch (bytes[end]) {
    case LETTER.h:
    case LETTER.l:
      // Each of the modes that switch screens has a 4 in it.
      return hasAutowrap(bytes, start, end) || has(bytes, start, end, DIGIT.four);
    case LETTER.p:
      return has(bytes, start, end, EXCLAMATION_MARK);
    case SGR_FINAL:
      return has(bytes, start, end, COLON);
    case ERASE_FINAL:
      return true;
    default:
      if (isCostlyWithIntermediate(bytes[end] as number)) return isIntermediate(bytes[end - 1] as number);
      return end - start - 2 >= SHORTEST_LARGE_NUMBER || movesLines(bytes[end] as number);
  }
}

/** Whether one of the numbers before `end` may be 7. */
function hasAutowrap(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (bytes[at] !== DIGIT.seven) continue;
    const isLast = at + 1 === end || !isDigit(bytes[at + 1] as number);
    const before = bytes[at - 1] as number;
    if (isLast && (before === DIGIT.zero || !isDigit(before))) return true;
  }
  return false;
}

function isDigit(byte: number): boolean {
  return byte >= DIGIT.zero && byte <= DIGIT.nine;
}

function has(bytes: Buffer, start: number, end: number, wanted: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === wanted) return true;
  return false;
}
