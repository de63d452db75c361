const ESC = 0x1b;
/** Bytes among which a loop finds something sooner than a search has begun. */
const NEAR = 32;

/** Where the next ESC stands at or after `at`; the end of the bytes where there is none. */
export function nextEscape(bytes: Buffer, at: number): number {
  const near = Math.min(at + NEAR, bytes.length);
  for (let end = at; end < near; end++) if (bytes[end] === ESC) return end;
  const found = bytes.indexOf(ESC, near);
  return found < 0 ? bytes.length : found;
}
