import { internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";

/**
 * How many lines are kept, the rows of the screen and those above it, and how many rows are below the cursor; null while margins keep
 * some rows in place.
 */
export function scrolledBy(terminal: Terminal): { lines: number; below: number } | null {
  const service = internalsOf(terminal)?._bufferService;
  if (service === undefined) return null;
  const { rows } = service;
  const { scrollTop, scrollBottom, lines, y } = service.buffers.active;
  if (scrollTop !== 0 || scrollBottom !== rows - 1) return null;
  return { lines: lines.maxLength, below: rows - 1 - y };
}
