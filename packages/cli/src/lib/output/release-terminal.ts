import { closeSync } from "node:fs";

/**
 * Releases a terminal that is gone: at exit Node restores the modes that its terminals had at its start, and aborts if one
 * of them no longer responds.
 */
export function releaseTerminal(): void {
  for (const fd of [0, 1, 2]) {
    try {
      closeSync(fd);
    } catch {
      // Already closed.
    }
  }
}
