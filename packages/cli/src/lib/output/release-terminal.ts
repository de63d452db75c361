import { closeSync } from "node:fs";

/**
 * Lets go of a terminal: at its exit Node puts the modes of its terminals back to what they were at its start, and aborts if one
 * of them does not answer any more.
 */
export function releaseTerminal(): void {
  for (const fd of [0, 1, 2]) {
    try {
      closeSync(fd);
    } catch {
      // It was closed before.
    }
  }
}
