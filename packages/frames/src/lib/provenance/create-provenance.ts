import {
  CELL_MODE,
  type Cell,
  type CellProvenance,
  type EmulatorFactory,
  type EmulatorIdentity,
  type TerminalSize,
} from "@cassette/format";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";
import { widthOf } from "../xterm/joining-widths.js";
import { offsetOf } from "./paint.js";
import { createPaintedStream } from "./painted-stream.js";

/** Another emulator than the default, with what must be known of its characters. */
export interface ProvenanceOptions {
  createEmulator: EmulatorFactory;
  /** Whether it puts a code point into the cell before it. */
  isMark: (code: number) => boolean;
}

const XTERM: ProvenanceOptions = {
  createEmulator: createXtermEmulator,
  isMark: (code) => widthOf(code) === 0,
};

/**
 * Makes a provenance over an emulator's public interface: what is fed reaches the emulator with its own colours taken out
 * and each character painted in a colour that is the offset of its first byte. Costs some thirty times the drawing.
 * @param like has the width policy; see {@link createXtermEmulator}.
 * @throws CassetteError `CASSETTE_SIZE_INVALID` as the emulator does.
 */
export function createProvenance(
  size: TerminalSize,
  like?: EmulatorIdentity,
  { createEmulator, isMark } = XTERM,
): CellProvenance {
  const emulator = createEmulator(size, like);
  const painted = createPaintedStream(isMark);
  return {
    async feed(bytes) {
      await emulator.feed(painted.rewrite(bytes));
      emulator.takeReplies();
    },
    resize: emulator.resize,
    offsets: () => (emulator.snapshot({ cells: true }).cells ?? []).map(offsetsOf),
    close: emulator.close,
  };
}

/** The second half of a wide character has its first byte, too, whatever it was painted with. */
function offsetsOf(row: readonly Cell[]): (number | null)[] {
  return row.map((cell, col) => offsetOf(cell.Mode & CELL_MODE.wideTail ? (row[col - 1] ?? cell) : cell));
}
