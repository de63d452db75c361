/**
 * Length of a character beyond ASCII that begins at `at`, when it is whole and of a kind that is common in text and never a
 * mark: letters of European scripts, punctuation, symbols, box drawing, CJK, Hangul, emoji. 0 for any other.
 */
export function commonCharacter(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  const second = bytes[at + 1] ?? 0;
  if (!isContinuation(second)) return 0;
  // U+00C0 to U+02FF, U+0380 to U+047F.
  if ((lead >= 0xc3 && lead <= 0xcb) || (lead >= 0xce && lead <= 0xd1)) return 2;
  const third = bytes[at + 2] ?? 0;
  if (!isContinuation(third)) return 0;
  if (lead >= 0xe2 && lead <= 0xed) return isCommonOfThree(lead, second, third) ? 3 : 0;
  // U+1F000 to U+1FFFF.
  return lead === 0xf0 && second === 0x9f && isContinuation(bytes[at + 3] ?? 0) ? 4 : 0;
}

function isCommonOfThree(lead: number, second: number, third: number): boolean {
  switch (lead) {
    case 0xe2:
      // U+2010 to U+2027, U+2100 to U+2AFF.
      return (second === 0x80 && third >= 0x90 && third <= 0xa7) || (second >= 0x84 && second <= 0xab);
    case 0xe3:
      // U+3000 to U+3FFF, without its tone and voicing marks.
      return !((second === 0x80 && third >= 0xaa) || (second === 0x82 && third >= 0x99 && third <= 0x9a));
    case 0xea:
      // U+AC00 to U+AFFF.
      return second >= 0xb0;
    case 0xed:
      // U+D000 to U+D77F.
      return second <= 0x9d;
    default:
      // U+4000 to U+9FFF, U+B000 to U+CFFF.
      return true;
  }
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}
