import type { TerminalSize } from "@cassette/format";
import { DEFAULT_SIZE } from "../../arguments.js";
import { createChanges } from "./changes.js";
import { applyEffect } from "./effects.js";
import { OTHER_SCREEN } from "./modes.js";
import { createSequenceScanner } from "./sequences.js";
import { createTextAttributes } from "./text-attributes.js";

/** Watches what a program changes in its terminal, to restore what it leaves changed. */
export interface ModeRestorer {
  /** Takes output, in any pieces. */
  watch(bytes: Uint8Array): void;
  /** What puts the terminal back as it was; empty if the program did so itself. */
  restore(): string;
  /** What changes a terminal again that was put back. @param painted what fills the other screen, if that is shown. */
  reapply(painted?: string): string;
  /** The program draws on the other screen. */
  readonly isOnOtherScreen: boolean;
}

/** Ends any sequence in which the output stopped; a terminal would take what follows for a part of it. */
const CANCEL = "\x18\x1b\\";

/**
 * Makes a watch for a terminal as shells have it.
 * @param size of the terminal: a region of all its rows is none.
 */
export function createModeRestorer(size: () => TerminalSize): ModeRestorer {
  const scanner = createSequenceScanner();
  const state = {
    changes: createChanges(),
    pen: createTextAttributes(),
    saved: new Map<number, boolean>(),
    size,
  };
  return {
    watch(bytes) {
      for (const sequence of scanner.scan(bytes)) applyEffect(state, sequence);
    },
    restore() {
      const undo = state.changes.undo();
      const cancel = scanner.isWithin ? CANCEL : "";
      // Last, since leaving the other screen may bring attributes back.
      return cancel + undo + (undo === "" && state.pen.params === "" ? "" : "\x1b[m");
    },
    reapply(painted = "") {
      const { params } = state.pen;
      return state.changes.redo({ [OTHER_SCREEN]: painted }) + (params === "" ? "" : `\x1b[${params}m`);
    },
    get isOnOtherScreen() {
      return state.changes.has(OTHER_SCREEN);
    },
  };
}

/** What puts a terminal back after this output. */
export function restoreAfter(output: string): string {
  const modes = createModeRestorer(() => DEFAULT_SIZE);
  modes.watch(Buffer.from(output));
  return modes.restore();
}
