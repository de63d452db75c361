import { internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";

const ESC = 0x1b;
const LEFT_PARENTHESIS = 0x28;
const BLANK = "_";

/** The line-drawing set has a blank in the place of `_`, which the library leaves as it is. */
export function correctLineDrawing(terminal: Terminal, write: (bytes: Uint8Array) => void): void {
  const service = internalsOf(terminal)?._charsetService;
  write(Uint8Array.of(ESC, LEFT_PARENTHESIS, 0x30));
  const [set] = service?._charsets ?? [];
  // The library has one object for all terminals.
  if (set) set[BLANK] = " ";
  write(Uint8Array.of(ESC, LEFT_PARENTHESIS, 0x42));
}
