import type { Emulator, TerminalSize } from "@cassette/format";
import { createGuard, type GuardMemory } from "../sequences/guard.js";
import { assertTerminalSize } from "../terminal-size.js";
import { registerAnswers } from "./answers.js";
import { type HiddenState, watchHiddenState } from "./hidden-state.js";
import { createTerminal, createWriter, widthOf, XTERM_IDENTITY } from "./library.js";
import { readScreen } from "./read-screen.js";
import { createReplyQueue } from "./reply-queue.js";
import { captureTerminal, type TerminalState } from "./terminal-state.js";

/**
 * Makes an emulator over @xterm/headless with the character widths of Unicode 11, without scrollback.
 * @param size 1 to 1,000 rows and columns, at most 250,000 cells.
 * @throws CassetteError `CASSETTE_SIZE_INVALID` for another size, here and in `resize`.
 */
export function createXtermEmulator(size: TerminalSize): Emulator {
  return assemble(size);
}

/** Everything an emulator can go on from. */
interface Earlier {
  terminal: TerminalState;
  hidden: HiddenState;
  guard: GuardMemory;
}

function assemble(size: TerminalSize, earlier?: Earlier): Emulator {
  assertTerminalSize(size);
  let current = size;
  const terminal = createTerminal(size);
  earlier?.terminal.restore(terminal);
  const hidden = watchHiddenState(terminal, earlier?.hidden);
  const writer = createWriter(terminal);
  const hasRoomFor = (width: number) => terminal.buffer.active.cursorX + width <= current.cols;
  const guard = createGuard(
    {
      draw: writer.write,
      isMark: (code) => widthOf(code) === 0,
      fits: (code) => widthOf(code) < 2 || hasRoomFor(2),
      isAtEnd: () => terminal.buffer.active.cursorY + 1 === current.rows && !hasRoomFor(2),
    },
    earlier?.guard,
  );
  const replies = createReplyQueue();
  terminal.onData(replies.add);
  let last = earlier?.terminal;
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
    checkpoint() {
      const state = captureTerminal(terminal, last);
      if (state === null) return null;
      last = state;
      const now = { terminal: state, hidden: { ...hidden }, guard: guard.memory };
      const at = current;
      return { bytes: state.bytes, restore: () => assemble(at, now) };
    },
    close: () => terminal.dispose(),
  };
}
