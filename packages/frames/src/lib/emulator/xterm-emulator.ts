import { CassetteError, type Emulator, type EmulatorIdentity, type TerminalSize } from "@cassette/format";
import { createDeferredOutput } from "../deferring/deferred-output.js";
import { restoringOutput, type WrittenTerminal } from "../restoring/restoring-output.js";
import { isSameState } from "../restoring/same-state.js";
import { createSanitizer, type SanitizerState } from "../sequences/sanitizer.js";
import { assertTerminalSize } from "../terminal-size.js";
import { correctAlignmentTest } from "../xterm/alignment-test.js";
import { registerAnswers } from "../xterm/answers/register-answers.js";
import { BEL, ST } from "../xterm/answers/reply-context.js";
import { createReplyQueue } from "../xterm/answers/reply-queue.js";
import { registerIndexes } from "../xterm/back-and-forward-index.js";
import { correctBackwardTab } from "../xterm/backward-tab.js";
import { joinCombiningMarks, pointsBeforeCursor } from "../xterm/combining-marks.js";
import { createGraphemes } from "../xterm/graphemes.js";
import { type HiddenState, INITIAL_STATE, watchHiddenState } from "../xterm/hidden-state.js";
import { keepHyperlinks } from "../xterm/hyperlinks.js";
import { type WidthPolicy, widthsOf, XTERM_IDENTITY, xtermIdentity } from "../xterm/identity.js";
import { internalsOf } from "../xterm/internals.js";
import { widthOf } from "../xterm/joining-widths.js";
import { GRAPHEME_MODE } from "../xterm/kept-modes.js";
import { createTerminal, createWriter } from "../xterm/library.js";
import { correctLineDrawing } from "../xterm/line-drawing.js";
import { registerProtectedAreas } from "../xterm/protected-areas.js";
import { readScreen } from "../xterm/read-screen.js";
import { registerRectangles } from "../xterm/rectangles/register-rectangles.js";
import { dropScrollback, narrowToOneColumn, resizeTerminal } from "../xterm/resize-terminal.js";
import { correctReverseWrap } from "../xterm/reverse-wrap.js";
import { createRowReader } from "../xterm/row-reader.js";
import { copySavedCursors, type SavedCursors, watchSavedCursor } from "../xterm/saved-cursor.js";
import { registerSavedModes } from "../xterm/saved-modes.js";
import { scrolledBy } from "../xterm/scrolled.js";
import { shareMargins } from "../xterm/shared-margins.js";
import { captureTerminal, type TerminalState } from "../xterm/terminal-state.js";

/**
 * Makes an emulator over @xterm/headless with the history that resizes need.
 * @param size 1 to 500 rows and columns.
 * @param like the identity whose width policy to use. Default: {@link XTERM_IDENTITY}.
 * @throws CassetteError `CASSETTE_SIZE_INVALID` for another size, here and in `resize`. `feed` and `resize` fail with
 * `CASSETTE_EMULATOR_FAILED` once the library has thrown and with `CASSETTE_DRAWING_TOO_COSTLY` once the output causes more work
 * than
 * its length allows; the last screen can still be read.
 */
export function createXtermEmulator(size: TerminalSize, like: EmulatorIdentity = XTERM_IDENTITY): Emulator {
  return assemble(size, widthsOf(like));
}

/** The full state of an emulator. */
interface Earlier {
  terminal: TerminalState;
  hidden: HiddenState;
  saved: SavedCursors;
  sanitizer: SanitizerState;
}

/** Whether an emulator has the state of a terminal. */
const SAME_STATE = Symbol("same state");

interface ComparableEmulator extends Emulator {
  [SAME_STATE](written: WrittenTerminal): boolean;
}

function assemble(size: TerminalSize, widths: WidthPolicy, earlier?: Earlier): ComparableEmulator {
  assertTerminalSize(size);
  let current = size;
  const terminal = createTerminal(size);
  const graphemes = createGraphemes(terminal, joinCombiningMarks(terminal));
  if (size.cols === 1) narrowToOneColumn(terminal, size);
  const writer = createWriter(terminal);
  correctLineDrawing(terminal, writer.write);
  shareMargins(terminal);
  earlier?.terminal.restore(terminal);
  const initial = initialState(widths);
  const followMode = (state: HiddenState) => graphemes.set(state.changedModes.has(GRAPHEME_MODE));
  const hidden = watchHiddenState(terminal, earlier?.hidden ?? initial, initial, followMode);
  followMode(hidden);
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
      fits: (code) => widthOf(code) < 2 || (current.cols > 1 && hasRoomFor(2)) || graphemes.joinsBefore(code),
      tooCostly: (bytes) => {
        failure = tooCostly(bytes);
        throw failure;
      },
      isAtEnd: () => terminal.buffer.active.cursorY + 1 === current.rows && !hasRoomFor(2),
      pointsBefore: () => pointsBeforeCursor(terminal),
    },
    earlier?.sanitizer,
  );
  const deferred = createDeferredOutput({
    draw: (bytes) => sanitizer.pass(bytes, current),
    drawInstead: (bytes, count) => sanitizer.passInstead(bytes, count, current),
    isIdle: () => sanitizer.pendingBytes === 0,
    scrolled: () => scrolledBy(terminal),
  });
  const rowReader = createRowReader(terminal);
  const replies = createReplyQueue();
  terminal.onData(replies.add);
  let last = earlier?.terminal;

  /** A failure is for the next call that changes the screen. */
  function drawDeferred(): void {
    try {
      deferred.draw();
    } catch (error) {
      if (error !== failure) throw error;
    }
  }

  function writtenTerminal(): WrittenTerminal | null {
    const internals = internalsOf(terminal);
    const newLines = terminal.options.convertEol === true;
    return internals === null ? null : { internals, hidden, saved, size: current, newLines };
  }

  keepHyperlinks(terminal, hidden);
  correctAlignmentTest(terminal);
  correctBackwardTab(terminal);
  correctReverseWrap(terminal, hidden);
  registerSavedModes(terminal, hidden);
  registerProtectedAreas(terminal, hidden);
  registerIndexes(terminal);
  registerRectangles(terminal, hidden);
  registerAnswers({
    terminal,
    hidden,
    size: () => current,
    reply: replies.add,
    allow: replies.allow,
    terminator: () => terminator,
  });

  return {
    identity: xtermIdentity(widths),
    async feed(bytes) {
      if (failure) throw failure;
      deferred.add(bytes);
      await writer.shown();
    },
    resize(next) {
      assertTerminalSize(next);
      drawDeferred();
      if (failure) throw failure;
      sanitizer.resized(current, next);
      attempt(() => resizeTerminal(terminal, current, next, saved));
      current = next;
    },
    snapshot(options) {
      drawDeferred();
      return readScreen(terminal, rowReader, current, hidden, options);
    },
    get pendingBytes() {
      drawDeferred();
      return sanitizer.pendingBytes;
    },
    takeReplies: replies.take,
    get synchronized() {
      return terminal.modes.synchronizedOutputMode;
    },
    checkpoint() {
      drawDeferred();
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
      return { bytes: state.bytes, restore: () => assemble(at, widths, now) };
    },
    async asOutput() {
      drawDeferred();
      const written = writtenTerminal();
      if (failure || written === null || sanitizer.pendingBytes > 0) return null;
      const output = Buffer.from(restoringOutput(written));
      const other = assemble(current, widths);
      try {
        await other.feed(output);
        return other[SAME_STATE](written) ? output : null;
      } catch {
        return null;
      } finally {
        other.close();
      }
    },
    [SAME_STATE](written) {
      drawDeferred();
      const own = writtenTerminal();
      return own !== null && failure === null && isSameState(written, own);
    },
    dropScrollback: () => dropScrollback(terminal),
    close: () => terminal.dispose(),
  };
}

/** With graphemes by policy, mode 2027 is set from the start. */
function initialState(widths: WidthPolicy): HiddenState {
  return widths === "unicode11"
    ? INITIAL_STATE
    : { ...INITIAL_STATE, changedModes: new Set([GRAPHEME_MODE]) };
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
