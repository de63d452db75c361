import type { Emulator, TerminalSize } from "@cassette/format";
import { createGuard } from "../sequences/guard.js";
import { assertTerminalSize } from "../terminal-size.js";
import { registerAnswers } from "./answers.js";
import { watchHiddenState } from "./hidden-state.js";
import { createTerminal, createWriter, widthOf, XTERM_IDENTITY } from "./library.js";
import { readScreen } from "./read-screen.js";
import { createReplyQueue } from "./reply-queue.js";

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
  const writer = createWriter(terminal);
  const guard = createGuard({
    draw: writer.write,
    isMark: (code) => widthOf(code) === 0,
    fits: (code) => terminal.buffer.active.cursorX + widthOf(code) <= current.cols || widthOf(code) < 2,
  });
  const replies = createReplyQueue();
  terminal.onData(replies.add);
  registerAnswers({ terminal, hidden, size: () => current, reply: replies.add });

  return {
    identity: XTERM_IDENTITY,
    feed(bytes) {
      guard.pass(bytes, current);
      return writer.shown();
    },
    resize(next) {
      assertTerminalSize(next);
      current = next;
      terminal.resize(next.cols, next.rows);
    },
    snapshot: (options) => readScreen(terminal, current, hidden, options),
    get pendingBytes() {
      return guard.pendingBytes;
    },
    takeReplies: replies.take,
    get synchronized() {
      return terminal.modes.synchronizedOutputMode;
    },
    close: () => terminal.dispose(),
  };
}
