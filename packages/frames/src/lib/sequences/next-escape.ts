const ESC = 0x1b;
/** For so few bytes a loop is faster than the start of a native search. */
const NEAR = 32;

/** Index of the next ESC at or after `at`; the length of the bytes if there is none. */
export function nextEscape(bytes: Buffer, at: number): number {
  const near = Math.min(at + NEAR, bytes.length);
  for (let end = at; end < near; end++) if (bytes[end] === ESC) return end;
  const found = bytes.indexOf(ESC, near);
  return found < 0 ? bytes.length : found;
}
