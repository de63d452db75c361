import { isControlSequence, isIntroducer, nextState, STATE } from "@cassette/format/sequences";
import { nextEscape } from "../sequences/next-escape.js";

/** Detects queries that an emulator may answer, without drawing. */
export interface QueryScanner {
  /**
   * Whether a sequence that may be a query ends in these bytes, which follow those of the calls before. It never misses
   * one; a title with a question mark, say, counts as one.
   */
  scan(bytes: Uint8Array): boolean;
}

const ENQ = 0x05;
const ESC = 0x1b;
const BRACKET = 0x5b;
const QUESTION_MARK = 0x3f;
/** First byte of the C1 controls in UTF-8. */
const C1_LEAD = 0xc2;
/** The first character after the C1 controls. */
const FIRST_TEXT = 0xa0;
/** ESC Z, an old way to ask what DA asks, and the same as a C1 control. */
const DECID = 0x5a;
const DECID_C1 = 0x9a;

/** Last bytes of control sequences that ask: DA, DSR, DECRQM, window reports, keyboard, XTVERSION, DECREQTPARM, DECRQCRA. */
const ASKING = tableOf("cnptuqxy");
const STOPS = Uint8Array.from({ length: 256 }, (_, byte) => Number([ENQ, ESC, C1_LEAD].includes(byte)));

/**
 * Makes a scanner for a stream from its start. Characters beyond ASCII are passed over, though some break a sequence off:
 * at worst it takes text for the rest of a sequence then, until the next introducer, which counts everywhere.
 */
export function createQueryScanner(): QueryScanner {
  let state: number = STATE.ground;
  let afterLead = false;
  let afterHigh = false;
  /** The unfinished sequence will be a query when it ends. A sequence may begin inside another. */
  let asks = false;

  /** Takes one character outside the ground state. @returns whether a query ends with it. */
  function follow(code: number): boolean {
    const before = state;
    state = nextState(before, code);
    if (before === STATE.osc ? code === QUESTION_MARK : isString(before)) asks = true;
    if (before === STATE.escape && code === DECID) asks = true;
    if (isControlSequence(before) && ASKING[code] === 1) asks = true;
    if (state !== STATE.ground) return false;
    const asked = asks;
    asks = false;
    return asked;
  }

  return {
    scan(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const skipText = skipFor(bytes);
      let found = false;
      let at = 0;
      while (at < bytes.length) {
        if (state === STATE.ground && !afterLead) {
          at = skipText(bytes, at);
          const end = skipControlSequence(bytes, at);
          if (end > at) {
            at = end;
            continue;
          }
          if (at === bytes.length) break;
        }
        const code = bytes[at++] as number;
        const isC1 = afterLead && code >= 0x80 && code < FIRST_TEXT;
        // The bytes before turn out not to be a character: that also ends a sequence.
        found ||= afterHigh && asks;
        afterHigh = code >= 0x80;
        afterLead = code === C1_LEAD;
        if (code >= 0x80 && !isC1) {
          // A character may end a sequence early, and an emulator may answer at that moment.
          found ||= asks;
          continue;
        }
        if (code === ENQ || code === DECID_C1) found = true;
        if (state !== STATE.ground || isIntroducer(code)) found = follow(code) || found;
      }
      return found;
    },
  };
}

/** Finds the next place at or after `at` where a sequence may begin; most output contains none. */
type SkipText = (bytes: Buffer, at: number) => number;

const skipToStop: SkipText = (bytes, at) => {
  let end = at;
  while (end < bytes.length && STOPS[bytes[end] as number] === 0) end++;
  return end;
};

/** Searches are quick, so most of what can begin a sequence is ruled out for all of the bytes at once. */
function skipFor(bytes: Buffer): SkipText {
  return bytes.includes(C1_LEAD) || bytes.includes(ENQ) ? skipToStop : nextEscape;
}

/** The end of a whole control sequence that asks nothing and begins at `at`; `at` where none does. */
function skipControlSequence(bytes: Buffer, at: number): number {
  if (bytes[at] !== ESC || bytes[at + 1] !== BRACKET) return at;
  for (let end = at + 2; end < bytes.length; end++) {
    const byte = bytes[end] as number;
    if (byte < 0x20 || byte >= 0x7f) return at;
    if (byte >= 0x40) return ASKING[byte] === 1 ? at : end + 1;
  }
  return at;
}

/** A string other than OSC. Its first bytes show whether it is a query; such strings are rare. */
function isString(state: number): boolean {
  return state === STATE.ignoredString || state >= STATE.dcsEntry;
}

function tableOf(letters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const letter of letters) table[letter.charCodeAt(0)] = 1;
  return table;
}
