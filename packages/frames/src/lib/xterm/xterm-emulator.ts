import type { Emulator, TerminalSize } from "@cassette/format";
import { assertTerminalSize } from "../terminal-size.js";
import { watchHiddenState } from "./hidden-state.js";
import { createTerminal, writeToTerminal, XTERM_IDENTITY } from "./library.js";
import { readScreen } from "./read-screen.js";

/**
 * Makes an emulator over @xterm/headless with the character widths of Unicode 11 and without scrollback.
 * @param size 1 to 1,000 rows and columns, at most 250,000 cells.
 * @throws CassetteError `CASSETTE_SIZE_INVALID` for another size, here and in `resize`.
 */
export function createXtermEmulator(size: TerminalSize): Emulator {
  assertTerminalSize(size);
  let current = size;
  const terminal = createTerminal(size);
  const hidden = watchHiddenState(terminal);
  const replies: Uint8Array[] = [];
  const encoder = new TextEncoder();
  terminal.onData((reply) => {
    if (reply !== "") replies.push(encoder.encode(reply));
  });

  return {
    identity: XTERM_IDENTITY,
    feed: (bytes) => (bytes.length === 0 ? Promise.resolve() : writeToTerminal(terminal, bytes)),
    resize(next) {
      assertTerminalSize(next);
      current = next;
      terminal.resize(next.cols, next.rows);
    },
    snapshot: (options) => readScreen(terminal, current, hidden, options),
    pendingBytes: 0,
    takeReplies: () => replies.splice(0),
    get synchronized() {
      return terminal.modes.synchronizedOutputMode;
    },
    close: () => terminal.dispose(),
  };
}
