import type { LossTally } from "../recording/losses.js";

/** Turns bytes into texts; a character that is cut between two events belongs to the later one. */
export interface TextCutter {
  /** Whether bytes of an incomplete character wait for the next event. */
  readonly isWaiting: boolean;
  text(bytes: Uint8Array): string;
  /** What is left at the end: U+FFFD for a character that stays incomplete, or nothing. */
  end(): string;
}

/** Makes a cutter of one stream. Bytes that are not UTF-8 become U+FFFD. */
export function createTextCutter(losses: LossTally): TextCutter {
  let waiting = Buffer.alloc(0);
  return {
    get isWaiting() {
      return waiting.length > 0;
    },
    text(bytes) {
      const wasWaiting = waiting.length > 0;
      const whole = Buffer.concat([waiting, bytes]);
      const cut = whole.length - incompleteBytes(whole);
      waiting = whole.subarray(cut);
      const text = decode(whole.subarray(0, cut), losses);
      if (wasWaiting && text !== "" && !text.startsWith("\ufffd")) losses.add("split-characters");
      return text;
    },
    end() {
      const text = decode(waiting, losses);
      waiting = Buffer.alloc(0);
      return text;
    },
  };
}

const REPLACEMENT = Buffer.from("\ufffd");

function decode(bytes: Buffer, losses: LossTally): string {
  const text = bytes.toString("utf8");
  losses.add("invalid-bytes", text.split("\ufffd").length - 1 - genuineIn(bytes));
  return text;
}

/** Replacement characters that the program itself has printed. */
function genuineIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(REPLACEMENT); at >= 0; at = bytes.indexOf(REPLACEMENT, at + 3)) count++;
  return count;
}

/** How many bytes at the end are the beginning of a character. */
function incompleteBytes(bytes: Uint8Array): number {
  for (let count = 1; count <= Math.min(3, bytes.length); count++) {
    const byte = bytes[bytes.length - count] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return lengthAfter(byte) > count ? count : 0;
  }
  return 0;
}

/** Bytes of the character that begins with this one; 0 for a byte that begins none. */
function lengthAfter(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
