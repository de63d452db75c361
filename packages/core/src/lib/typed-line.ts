/** CR and LF, and the keys that end a line in canonical mode: Ctrl+C, D, Z and \ : end of file, or a signal that drops the line. */
const LINE_ENDS = new Set([0x0d, 0x0a, 0x03, 0x04, 0x1a, 0x1c]);

/** Whether a byte ends a line that is typed without echo: one withheld record covers everything up to it. */
export function endsTypedLine(byte: number): boolean {
  return LINE_ENDS.has(byte);
}
