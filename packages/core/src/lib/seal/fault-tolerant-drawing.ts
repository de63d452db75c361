import type { CellProvenance, Emulator, TerminalSize } from "@cassette/format";
import { isDrawingFailure } from "../frames/drawing-failure.js";

/** The common part of an emulator and a provenance. */
type Drawn = Pick<Emulator, "feed" | "resize">;

/** An emulator that keeps its last screen when drawing fails. */
export function faultTolerantEmulator(emulator: Emulator): Emulator {
  const { feed, resize } = forgive(emulator);
  return {
    identity: emulator.identity,
    feed,
    resize,
    snapshot: (options) => emulator.snapshot(options),
    get pendingBytes() {
      return emulator.pendingBytes;
    },
    takeReplies: () => emulator.takeReplies(),
    get synchronized() {
      return emulator.synchronized;
    },
    close: () => emulator.close(),
  };
}

/** A provenance that keeps its last offsets when drawing fails. */
export function faultTolerantProvenance(provenance: CellProvenance): CellProvenance {
  return {
    ...forgive(provenance),
    offsets: () => provenance.offsets(),
    close: () => provenance.close(),
  };
}

function forgive(drawn: Drawn): Drawn {
  let hasFailed = false;
  const note = (error: unknown) => {
    if (!isDrawingFailure(error)) throw error;
    hasFailed = true;
  };
  return {
    feed: async (bytes: Uint8Array) => {
      if (!hasFailed) await drawn.feed(bytes).catch(note);
    },
    resize(size: TerminalSize) {
      if (hasFailed) return;
      try {
        drawn.resize(size);
      } catch (error) {
        note(error);
      }
    },
  };
}
