import { CassetteError, type Emulator, type TerminalSize } from "@cassette/format";
import { createSanitizer, type SanitizerState } from "../sequences/sanitizer.js";
import { assertTerminalSize } from "../terminal-size.js";
import { correctAlignmentTest } from "./alignment-test.js";
import { registerAnswers } from "./answers/register-answers.js";
import { BEL, ST } from "./answers/reply-context.js";
import { createReplyQueue } from "./answers/reply-queue.js";
import { correctBackwardTab } from "./backward-tab.js";
import { joinCombiningMarks, pointsBeforeCursor } from "./combining-marks.js";
import { type HiddenState, watchHiddenState } from "./hidden-state.js";
import { keepHyperlinks } from "./hyperlinks.js";
import { widthOf } from "./joining-widths.js";
import { createTerminal, createWriter, XTERM_IDENTITY } from "./library.js";
import { correctLineDrawing } from "./line-drawing.js";
import { readScreen } from "./read-screen.js";
import { dropScrollback, narrowToOneColumn, resizeTerminal } from "./resize-terminal.js";
import { copySavedCursors, type SavedCursors, watchSavedCursor } from "./saved-cursor.js";
import { captureTerminal, type TerminalState } from "./terminal-state.js";

/**
 * Makes an emulator over @xterm/headless with the character widths of Unicode 11, with the scrollback that resizes need.
 * @param size 1 to 500 rows and columns.
 * @throws CassetteError `CASSETTE_SIZE_INVALID` for another size, here and in `resize`. `feed` and `resize` fail with
 * `CASSETTE_EMULATOR_FAILED` once the library has thrown and with `CASSETTE_DRAWING_TOO_COSTLY` once the output causes more work
 * than
 * its length allows; the last screen can still be read.
 */
export function createXtermEmulator(size: TerminalSize): Emulator {
  return assemble(size);
}

/** The full state of an emulator. */
interface Earlier {
  terminal: TerminalState;
  hidden: HiddenState;
  saved: SavedCursors;
  sanitizer: SanitizerState;
}

function assemble(size: TerminalSize, earlier?: Earlier): Emulator {
  assertTerminalSize(size);
  let current = size;
  const terminal = createTerminal(size);
  joinCombiningMarks(terminal);
  if (size.cols === 1) narrowToOneColumn(terminal, size);
  const writer = createWriter(terminal);
  correctLineDrawing(terminal, writer.write);
  earlier?.terminal.restore(terminal);
  const hidden = watchHiddenState(terminal, earlier?.hidden);
  const saved = watchSavedCursor(terminal, earlier?.saved);
  let failure: CassetteError | null = null;
  let terminator: string = ST;

  /** After the library has thrown, its screen is undefined. */
  function attempt(action: () => void): void {
    if (failure) throw failure;
    try {
      action();
    } catch {
      failure = emulatorFailed();
      throw failure;
    }
  }

  const hasRoomFor = (width: number) => terminal.buffer.active.cursorX + width <= current.cols;
  const sanitizer = createSanitizer(
    {
      draw(bytes, endsInBell = false) {
        terminator = endsInBell ? BEL : ST;
        attempt(() => writer.write(bytes));
      },
      isMark: (code) => widthOf(code) === 0,
      fits: (code) => widthOf(code) < 2 || (current.cols > 1 && hasRoomFor(2)),
      tooCostly: (bytes) => {
        failure = tooCostly(bytes);
        throw failure;
      },
      isAtEnd: () => terminal.buffer.active.cursorY + 1 === current.rows && !hasRoomFor(2),
      pointsBefore: () => pointsBeforeCursor(terminal),
    },
    earlier?.sanitizer,
  );
  const replies = createReplyQueue();
  terminal.onData(replies.add);
  let last = earlier?.terminal;
  keepHyperlinks(terminal, hidden);
  correctAlignmentTest(terminal);
  correctBackwardTab(terminal);
  registerAnswers({
    terminal,
    hidden,
    size: () => current,
    reply: replies.add,
    allow: replies.allow,
    terminator: () => terminator,
  });

  return {
    identity: XTERM_IDENTITY,
    async feed(bytes) {
      if (failure) throw failure;
      sanitizer.pass(bytes, current);
      await writer.shown();
    },
    resize(next) {
      assertTerminalSize(next);
      if (failure) throw failure;
      sanitizer.resized(current, next);
      attempt(() => resizeTerminal(terminal, current, next, saved));
      current = next;
    },
    snapshot: (options) => readScreen(terminal, current, hidden, options),
    get pendingBytes() {
      return sanitizer.pendingBytes;
    },
    takeReplies: replies.take,
    get synchronized() {
      return terminal.modes.synchronizedOutputMode;
    },
    checkpoint() {
      const state = failure ? null : captureTerminal(terminal, last);
      if (state === null) return null;
      last = state;
      const now = {
        terminal: state,
        hidden: { ...hidden },
        saved: copySavedCursors(saved),
        sanitizer: sanitizer.memory,
      };
      const at = current;
      return { bytes: state.bytes, restore: () => assemble(at, now) };
    },
    dropScrollback: () => dropScrollback(terminal),
    close: () => terminal.dispose(),
  };
}

function tooCostly(bytes: number): CassetteError {
  return new CassetteError(
    "CASSETTE_DRAWING_TOO_COSTLY",
    `Drawing stopped at byte ${bytes} of the output: it redraws whole screens in too few bytes.`,
  );
}

/** Without a cause: the library's message may contain what the program wrote. */
function emulatorFailed(): CassetteError {
  return new CassetteError(
    "CASSETTE_EMULATOR_FAILED",
    `${XTERM_IDENTITY.name} ${XTERM_IDENTITY.version} failed on the output and can draw no more.`,
    { hint: "What was recorded is not touched by this." },
  );
}
