const ESC = 0x1b;
const SGR_FINAL = 0x6d;
const ZERO = 0x30;
const SEMICOLON = 0x3b;
const FIRST_FINAL = 0x40;

/**
 * The SGR sequences in row-local output before `end`, from the last one that resets the style on.
 */
export function stylesBefore(bytes: Buffer, end: number): Uint8Array[] {
  const styles: Uint8Array[] = [];
  for (let at = end; at > 0; ) {
    at = bytes.lastIndexOf(ESC, at - 1);
    if (at < 0) break;
    const last = lastByte(bytes, at + 2);
    if (bytes[last] !== SGR_FINAL) continue;
    styles.push(bytes.subarray(at, last + 1));
    if (resets(bytes, at + 2)) break;
  }
  return styles.reverse();
}

function lastByte(bytes: Buffer, start: number): number {
  let at = start;
  while ((bytes[at] as number) < FIRST_FINAL) at++;
  return at;
}

/** Whether the first parameter is 0, given or left out. */
function resets(bytes: Buffer, at: number): boolean {
  const next = bytes[at] === ZERO ? bytes[at + 1] : bytes[at];
  return next === SGR_FINAL || next === SEMICOLON;
}
