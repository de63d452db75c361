import { isUtf8 } from "node:buffer";
import { commonCharacter } from "./common-characters.js";
import { withoutPartialCharacter } from "./utf8.js";

const ESC = 0x1b;
const SKIP = 0;
const LOOK = 1;
const STOP = 2;
/** First bytes of characters of three and of four bytes. */
const THREE = 0xe0;
const FOUR = 0xf0;
const SECONDS = 64;

/** What to do at a character of more than one byte, by the six low bits of its first two bytes. Made when it is needed: it takes 20 ms. */
let atPair: Uint8Array | undefined;

function makePairs(): Uint8Array {
  return Uint8Array.from({ length: (0x100 - 0xc0) * SECONDS }, (_, index) => {
    const lead = 0xc0 + Math.floor(index / SECONDS);
    const common = Array.from({ length: SECONDS }, (__, third) => {
      const bytes = Uint8Array.of(lead, 0x80 + (index % SECONDS), 0x80 + third, 0x80);
      return commonCharacter(bytes, 0) > 0;
    });
    if (common.every(Boolean)) return SKIP;
    return common.some(Boolean) ? LOOK : STOP;
  });
}

/** Finds the end of common text in some bytes. */
export interface PlainText {
  /** The end of common text that begins at `at`, where a character begins; `at` where none does, or nothing is known. */
  skip(at: number): number;
}

/** Looks at bytes once it is asked for the first time. Nothing is known of those that are not UTF-8. */
export function createPlainText(bytes: Buffer): PlainText {
  let limit = -1;
  return {
    skip(at) {
      if (limit < 0) limit = lengthOfText(bytes);
      return endOfText(bytes, at, limit);
    },
  };
}

/** The bytes up to `limit` are UTF-8. */
function endOfText(bytes: Buffer, at: number, limit: number): number {
  let end = at;
  while (end < limit) {
    const byte = bytes[end] as number;
    if (byte < 0x80) {
      if (byte === ESC) break;
      end++;
      continue;
    }
    atPair ??= makePairs();
    const what = atPair[((byte & 0x3f) << 6) | ((bytes[end + 1] as number) & 0x3f)];
    if (what === STOP || (what === LOOK && commonCharacter(bytes, end) === 0)) break;
    end += byte < THREE ? 2 : byte < FOUR ? 3 : 4;
  }
  return end;
}

/** Bytes up to a character that they end in the middle of; none if they are not UTF-8. */
function lengthOfText(bytes: Buffer): number {
  const whole = withoutPartialCharacter(bytes);
  return isUtf8(whole) ? whole.length : 0;
}
