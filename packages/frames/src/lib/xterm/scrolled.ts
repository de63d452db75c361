import { internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";

/** The rows that line feeds scroll, and the lines above them that are kept; null while margins keep some rows in place. */
export function scrolledBy(terminal: Terminal): { rows: number; above: number } | null {
  const service = internalsOf(terminal)?._bufferService;
  if (service === undefined) return null;
  const { rows } = service;
  const { scrollTop, scrollBottom, lines } = service.buffers.active;
  if (scrollTop !== 0 || scrollBottom !== rows - 1) return null;
  return { rows, above: lines.maxLength - rows };
}
