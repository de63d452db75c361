import {
  CassetteError,
  type Emulator,
  type EmulatorFactory,
  type EmulatorIdentity,
  type TerminalSize,
} from "@cassette/format";

/** CAN ends a sequence that was broken off; RIS resets everything but titles, and in tmux leaves the alternate screen on. */
const RESET = "\x18\x1b[?1049l\x1bc";
const NO_TITLES = "\x1b]0;\x1b\\";
const DROP_KEPT_TITLES = "\x1b[23t".repeat(10);
/** From the gentlest: what is not needed could change more of a real terminal. */
const RESETS = [RESET, RESET + NO_TITLES, RESET + DROP_KEPT_TITLES + NO_TITLES].map((text) =>
  Buffer.from(text),
);

/** A terminal that has shown one part and is to show another, as a new one would. */
export interface Renewed {
  emulator: Emulator;
  /** Output before the next part begins. */
  output: Uint8Array;
}

/**
 * Makes a terminal like a new one of some size, and returns the output that does it. States are compared, not only screens.
 * @param emulator what has been shown so far; it is closed.
 * @throws CassetteError CASSETTE_JOIN_INVALID where no output does so.
 */
export async function renewTerminal(
  emulator: Emulator,
  size: TerminalSize,
  createEmulator: EmulatorFactory,
  like: EmulatorIdentity,
): Promise<Renewed> {
  const fresh = createEmulator(size, like);
  const state = emulator.checkpoint?.();
  try {
    const wanted = await fresh.asOutput?.();
    for (const output of RESETS) {
      const tried = state?.restore();
      await tried?.feed(output);
      tried?.resize(size);
      tried?.takeReplies();
      const found = await tried?.asOutput?.();
      if (tried && wanted && found && Buffer.compare(wanted, found) === 0) return { emulator: tried, output };
      tried?.close();
    }
  } finally {
    fresh.close();
    emulator.close();
  }
  throw new CassetteError("CASSETTE_JOIN_INVALID", "No output makes the terminal new before the next part.");
}
