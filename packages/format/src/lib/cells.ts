/**
 * Bits of `Cell.Mode`. Up to `wrappedRow` they are the Go emulator's; those above are ours, in bits the Go numbering
 * leaves free (a Go reader accepts them).
 */
export const CELL_MODE = {
  reverse: 1,
  underline: 2,
  bold: 4,
  /** Drawn with the line-drawing character set. Our emulator puts the drawn character into `Char`, without this bit. */
  lineDrawing: 8,
  italic: 16,
  blink: 32,
  /** On the row's last cell: the row continues on the next one. */
  wrappedRow: 64,
  dim: 128,
  hidden: 256,
  strike: 512,
  /** `FG` is `r<<16 | g<<8 | b`; needed where the number alone could be a palette index. */
  fgRgb: 1024,
  /** `BG` is `r<<16 | g<<8 | b`. */
  bgRgb: 2048,
  /** First half of a wide glyph. */
  wideHead: 4096,
  /** Second half of a wide glyph; its `Char` is 0. */
  wideTail: 8192,
} as const;

/** Colours that are neither a palette index (0–255) nor `r<<16 | g<<8 | b`. */
export const CELL_COLOR = {
  defaultForeground: 16_777_216,
  defaultBackground: 16_777_217,
} as const;
