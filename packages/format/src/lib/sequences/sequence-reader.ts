import { isIntroducer, isString, nextState, STATE } from "./states.js";

/** A part of a text: either a whole escape sequence, or text without any. */
export interface TextPart {
  isSequence: boolean;
  text: string;
}

/** Splits a text into escape sequences and the text between them, in chunks of any size. */
export interface SequenceReader {
  /** The parts that end in this chunk, in order. Sequences that are broken off by another one are left out. */
  read(text: string): TextPart[];
  /** Whether the text so far ends within a sequence. */
  readonly isWithin: boolean;
}

const ESC = 0x1b;
const BACKSLASH = 0x5c;
const INTRODUCERS = /[\x1b\x90\x98\x9b\x9d-\x9f]/g;

/** Makes a reader. @param longest characters that are kept of an unfinished sequence; its end is kept in any case. */
export function createSequenceReader(longest = 65_536): SequenceReader {
  let state: number = STATE.ground;
  /** The sequence so far, from earlier chunks. */
  let held = "";
  /** The last character was an ESC within a string, which a backslash makes its end. */
  let mayEndString = false;

  /** Reads to the end of a sequence. @returns the offset after it. */
  function readSequence(text: string, from: number, parts: TextPart[]): number {
    let start = from;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const before = state;
      state = nextState(before, code);
      if (before !== STATE.ground && isIntroducer(code)) {
        mayEndString = code === ESC && isString(before);
        if (!mayEndString) [held, start] = ["", at];
      } else if (mayEndString) {
        mayEndString = false;
        if (code !== BACKSLASH) [held, start] = ["\x1b", at];
      }
      if (state !== STATE.ground) continue;
      parts.push({ isSequence: true, text: held + text.slice(start, at + 1) });
      held = "";
      return at + 1;
    }
    held = (held + text.slice(start)).slice(0, longest);
    return text.length;
  }

  return {
    read(text) {
      const parts: TextPart[] = [];
      for (let at = 0; at < text.length; ) {
        const start = state === STATE.ground ? nextIntroducer(text, at) : at;
        if (start > at) parts.push({ isSequence: false, text: text.slice(at, start) });
        at = readSequence(text, start, parts);
      }
      return parts;
    },
    get isWithin() {
      return state !== STATE.ground;
    },
  };
}

function nextIntroducer(text: string, from: number): number {
  INTRODUCERS.lastIndex = from;
  return INTRODUCERS.exec(text)?.index ?? text.length;
}
