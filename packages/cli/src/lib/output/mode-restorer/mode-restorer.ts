import type { TerminalSize } from "@cassette/format";
import { DEFAULT_SIZE } from "@cassette/format/units";
import { createChanges } from "./changes.js";
import { applyEffect } from "./effects.js";
import { OTHER_SCREEN } from "./modes.js";
import { createSequenceScanner } from "./sequences.js";
import { createTextAttributes } from "./text-attributes.js";

/** Follows the changes that a program makes to its terminal, to restore what it leaves changed. */
export interface ModeRestorer {
  /** Receives output, in chunks of any size. */
  watch(bytes: Uint8Array): void;
  /** The sequences that restore the terminal; empty if the program did so itself. */
  restore(): string;
  /**
   * The sequences that apply the changes again after `restore`.
   * @param painted contents of the alternate screen, if it is active.
   */
  reapply(painted?: string): string;
  /** The alternate screen is active. */
  readonly isOnOtherScreen: boolean;
  /** The output so far may contain a query to the terminal: a sequence that is no style. */
  readonly mayHaveAsked: boolean;
}

/** Ends a sequence that the output left unfinished; otherwise the terminal would read what follows as a part of it. */
const CANCEL = "\x18\x1b\\";

/**
 * Makes a restorer for a terminal in the state that a shell expects.
 * @param size of the terminal: a scroll region of all rows counts as none.
 */
export function createModeRestorer(size: () => TerminalSize): ModeRestorer {
  const scanner = createSequenceScanner();
  const state = {
    changes: createChanges(),
    pen: createTextAttributes(),
    saved: new Map<number, boolean>(),
    size,
  };
  let sawOtherThanStyle = false;
  return {
    watch(bytes) {
      for (const sequence of scanner.scan(bytes)) {
        sawOtherThanStyle ||= sequence.name !== "CSIm";
        applyEffect(state, sequence);
      }
    },
    restore() {
      const undo = state.changes.undo();
      const cancel = scanner.isWithin ? CANCEL : "";
      // Last, since leaving the alternate screen may restore attributes.
      return cancel + undo + (undo === "" && state.pen.params === "" ? "" : "\x1b[m");
    },
    reapply(painted = "") {
      const { params } = state.pen;
      return state.changes.redo({ [OTHER_SCREEN]: painted }) + (params === "" ? "" : `\x1b[${params}m`);
    },
    get isOnOtherScreen() {
      return state.changes.has(OTHER_SCREEN);
    },
    get mayHaveAsked() {
      return sawOtherThanStyle || scanner.isWithin;
    },
  };
}

/** The sequences that restore a terminal after this output. */
export function restoreAfter(output: string): string {
  const modes = createModeRestorer(() => DEFAULT_SIZE);
  modes.watch(Buffer.from(output));
  return modes.restore();
}
