import type { FrameRecord } from "@cassette/format";

const CONTROLS = /[\0-\x1f\x7f-\x9f]/g;
const REPLACEMENT = "\ufffd";

/**
 * A recorded frame without control characters, which a screen never has: frames are read from a file that may be a stranger's,
 * and are drawn on the user's terminal.
 */
export function safeFrame(frame: FrameRecord): FrameRecord {
  const { text, cells } = frame;
  return {
    ...frame,
    text: text.map((row) => row.replace(CONTROLS, REPLACEMENT)),
    ...(cells && { cells: cells.map((row) => row.map((cell) => ({ ...cell, Char: safeChar(cell.Char) }))) }),
  };
}

/** Zero is the second half of a wide character. */
function safeChar(code: number): number {
  const isControl = (code > 0 && code < 0x20) || (code >= 0x7f && code < 0xa0);
  return isControl ? REPLACEMENT.charCodeAt(0) : code;
}
