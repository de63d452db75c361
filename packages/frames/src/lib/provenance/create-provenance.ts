import type { CellProvenance, EmulatorFactory, TerminalSize } from "@cassette/format";
import { widthOf } from "../xterm/joining-widths.js";
import { createXtermEmulator } from "../xterm/xterm-emulator.js";
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
 * @throws CassetteError `CASSETTE_SIZE_INVALID` as the emulator does.
 */
export function createProvenance(size: TerminalSize, { createEmulator, isMark } = XTERM): CellProvenance {
  const emulator = createEmulator(size);
  const painted = createPaintedStream(isMark);
  return {
    async feed(bytes) {
      await emulator.feed(painted.rewrite(bytes));
      emulator.takeReplies();
    },
    resize: emulator.resize,
    offsets: () => (emulator.snapshot({ cells: true }).cells ?? []).map((row) => row.map(offsetOf)),
    close: emulator.close,
  };
}
