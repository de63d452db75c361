import type { TerminalSize } from "@cassette/format";
import { isIntroducer, nextState, STATE } from "@cassette/format/sequences";
import { type Autowrap, autowrapAfter, INITIAL_AUTOWRAP, maySetAutowrap } from "./autowrap.js";
import { createBatch } from "./batch.js";
import { withColorSpace } from "./color-space.js";
import { eraseAll, erasesToCursor } from "./erase-to-cursor.js";
import {
  concat,
  createJoiner,
  joinPartialSequence,
  LONGEST_SEQUENCE,
  NO_PARTIAL_SEQUENCE,
  type PartialSequence,
} from "./partial-sequence.js";
import { limitRepeats } from "./repeat-limit.js";
import { isNotable, plainScannerFor } from "./skip-plain.js";
import {
  characterLength,
  codePointAt,
  INCOMPLETE,
  REPLACEMENT_BYTES,
  repairUtf8,
  withoutPartialCharacter,
} from "./utf8.js";
import { isAffordable, mayBeCostly, workOf, workOfResize } from "./work.js";

/**
 * Filters recorded bytes for an emulator. It passes on whole characters and whole sequences only, so that the
 * emulator is never left in the middle of one, and limits those that a hostile recording could use
 * to exhaust time or memory: repeat counts, endless strings, heaps of combining marks. Bytes that are not UTF-8 become
 * U+FFFD, which the emulator would leave out.
 */
export interface Sanitizer {
  /** Passes on, in order, what the emulator may receive of the bytes so far. */
  pass(bytes: Uint8Array, size: TerminalSize): void;
  /** The same for bytes, without work worth counting, that take the place of `count` bytes of output. */
  passInstead(bytes: Uint8Array, count: number, size: TerminalSize): void;
  /** Counts the work of a resize. */
  resized(before: TerminalSize, after: TerminalSize): void;
  /** Bytes that are waiting for the rest of a character or sequence. */
  readonly pendingBytes: number;
  /** Its state, for a sanitizer that continues from here. */
  readonly memory: SanitizerState;
}

/** The state of a sanitizer from one call to the next. Never mutated, only replaced. */
export interface SanitizerState {
  readonly state: number;
  /** The part so far of a long unfinished sequence, without `split`. */
  readonly held: PartialSequence;
  readonly heldBytes: number;
  /** An unfinished character, or a sequence that is still short: parsed again with the bytes that follow. */
  readonly split: Uint8Array;
  /**
   * While it is off, characters of two columns that do not fit are left out, as other terminals do: what
   * @xterm/headless 6.0.0 makes of them depends on where the bytes were split.
   */
  readonly autowrap: Autowrap;
  /** Consecutive combining marks in the cell before the cursor. */
  readonly marks: number;
  /** Bytes of output so far. */
  readonly bytes: number;
  /** Work that the output caused, as `work.ts` counts it. */
  readonly work: number;
}

const EMPTY_MEMORY: SanitizerState = {
  state: STATE.ground,
  held: NO_PARTIAL_SEQUENCE,
  heldBytes: 0,
  split: NO_PARTIAL_SEQUENCE.kept,
  autowrap: INITIAL_AUTOWRAP,
  marks: 0,
  bytes: 0,
  work: 0,
};

/** At most this many bytes are parsed again when more arrive, so that a sequence in many pieces costs linear time. */
const MOST_SPLIT = 64;

/** Code points a cell may have after its first. */
const MOST_MARKS = 31;
/** No cell can take the marks that follow. */
const NO_MORE_MARKS = MOST_MARKS + 1;
/** The first code point that takes no column of its own. */
const FIRST_MARK = 0x300;
/** The first character after the C1 controls. */
const FIRST_TEXT = 0xa0;
/** The library drops it wherever it is: it ends no sequence, and takes no cell. */
const BYTE_ORDER_MARK = 0xfeff;
const BEL = 0x07;
const QUESTION_MARK = 0x3f;

/** What a sanitizer needs to know of its emulator. */
export interface SanitizedEmulator {
  /** Takes bytes and draws them at once. With `endsInBel` the bytes are one query that ends in BEL. */
  draw(bytes: Uint8Array, endsInBell?: boolean): void;
  /** Whether the emulator puts a code point into the cell before it. */
  isMark(code: number): boolean;
  /** Whether a code point fits between the cursor and the margin. */
  fits(code: number): boolean;
  /** The cursor is in the last column of the last row. */
  isAtEnd(): boolean;
  /** The output causes more work than its length allows. @throws so that no more is drawn. */
  tooCostly(bytes: number): never;
  /** Code points in the cell before the cursor, which a mark would join; 0 in the first column, where there is none. */
  pointsBefore(): number;
}

/** Makes a sanitizer for an emulator that has received what the state describes. */
export function createSanitizer(emulator: SanitizedEmulator, memory = EMPTY_MEMORY): Sanitizer {
  const joiner = createJoiner();
  const batch = createBatch(emulator.draw);
  let { state, held, heldBytes, split, autowrap, marks, bytes: fed, work } = memory;

  /** Counts work. `last` draws what comes before it, so that the last screen is the same however the output was split. */
  function count(more: number, before: number, last = () => {}): void {
    work += more;
    if (isAffordable(work, before)) return;
    last();
    emulator.tooCostly(before);
  }

  function pass(chunk: Uint8Array, size: TerminalSize): void {
    const bytes = joiner.join(split, chunk);
    /** Bytes of output before the current ones. */
    const first = fed - split.length;
    fed += chunk.length;
    const plain = plainScannerFor(bytes);
    split = NO_PARTIAL_SEQUENCE.kept;
    /** Everything before has been passed on, is held, or was dropped. */
    let done = 0;
    let sequenceStart = 0;
    /** Index of the last introducer in the sequence, held bytes included. */
    let aborted = held.aborted;
    /** The unfinished sequence has bytes that are not UTF-8. */
    let isBroken = false;
    /** What comes before is text. Otherwise the emulator is asked what a mark would join. */
    let isAfterText = false;
    let at = 0;

    /** Whether a character that begins at `at` is left out: a mark without a cell to join, or too wide for the margin. */
    function isRefused(code: number): boolean {
      const isFirst = marks === 0;
      marks = emulator.isMark(code) ? marks + 1 : 0;
      if (marks > MOST_MARKS) return true;
      if (marks > 0 && isFirst && !isAfterText) {
        passOnTo(at);
        const points = emulator.pointsBefore();
        marks = points === 0 ? NO_MORE_MARKS : points;
        return marks > MOST_MARKS;
      }
      if (autowrap.isOn && size.cols > 1) return false;
      passOnTo(at);
      return !emulator.fits(code);
    }

    function passOnTo(end: number): void {
      batch.add(bytes.subarray(done, end));
      batch.draw();
      done = end;
    }

    /**
     * Looks at the sequence that ends at `end` with a character of `length` bytes, and passes it on where it must change or was
     * held.
     */
    function finishSequence(end: number, length: number, isRung: boolean): void {
      const final = bytes[end - 1] ?? 0;
      const isHeld = held !== NO_PARTIAL_SEQUENCE;
      const isLong = held.kept.length + end - sequenceStart > LONGEST_SEQUENCE;
      const isCostly = isHeld || mayBeCostly(final, bytes[end - 2] ?? 0);
      if (!isLong && !isBroken && !isRung && !isCostly && !isNotable(final)) return;
      const whole = joinWhole(held, bytes.subarray(sequenceStart, end), aborted, length);
      const last = whole.kept.subarray(whole.aborted);
      if (maySetAutowrap(final)) autowrap = autowrapAfter(last, autowrap);
      let amended = limitRepeats(last, size) ?? withColorSpace(last);
      if (isCostly) count(workOf(amended ?? last, size), first + end, () => passOnTo(sequenceStart));
      const erases = erasesToCursor(last);
      const asks = isRung && last.includes(QUESTION_MARK);
      if (!isHeld && !isLong && !isBroken && !asks && !amended && !erases) return;
      batch.add(bytes.subarray(done, sequenceStart));
      if (erases || asks) batch.draw();
      if (erases && emulator.isAtEnd()) amended = eraseAll(last);
      const all = amended ? concat(whole.kept.subarray(0, whole.aborted), amended) : whole.kept;
      batch.add(isHeld || isBroken ? repairUtf8(all) : all);
      if (asks) batch.draw(true);
      done = end;
      held = NO_PARTIAL_SEQUENCE;
      heldBytes = 0;
    }

    while (at < bytes.length) {
      if (state === STATE.ground) {
        const next = plain.skip(at, autowrap.isOn && size.cols > 1);
        if (next > at) {
          marks = 0;
          isAfterText = plain.endsInText;
          at = next;
          continue;
        }
      }
      const byte = bytes[at] ?? 0;
      const length = byte < 0x80 ? 1 : characterLength(bytes, at, bytes.length);
      if (length === INCOMPLETE) break;
      const code = byte < 0x80 ? byte : codePointAt(bytes, at, length);
      const end = at + Math.abs(length);
      if (code === BYTE_ORDER_MARK) {
        at = end;
        continue;
      }
      if (state === STATE.ground && code >= FIRST_MARK) {
        const refused = isRefused(code);
        if (refused || length < 0) {
          batch.add(bytes.subarray(done, at));
          if (!refused) batch.add(REPLACEMENT_BYTES);
          done = end;
        }
        isAfterText = !refused;
      } else {
        const before = state;
        state = nextState(before, code);
        if (before === STATE.ground) {
          marks = 0;
          isAfterText = state === STATE.ground && code >= FIRST_TEXT;
          sequenceStart = at;
          aborted = 0;
          isBroken = false;
        } else if (state === STATE.ground) {
          isBroken ||= length < 0;
          finishSequence(end, Math.abs(length), before === STATE.osc && code === BEL);
        } else if (isIntroducer(code)) {
          aborted = held.kept.length + at - sequenceStart;
        }
        isBroken ||= length < 0;
      }
      at = end;
    }

    const isOpen = state !== STATE.ground;
    batch.add(bytes.subarray(done, isOpen ? Math.max(done, sequenceStart) : at));
    batch.draw();
    if (isOpen && held === NO_PARTIAL_SEQUENCE && bytes.length - sequenceStart <= MOST_SPLIT) {
      state = STATE.ground;
      at = sequenceStart;
    } else if (isOpen) {
      heldBytes += at - sequenceStart;
      held = keepCopy(joinPartialSequence(held, bytes.subarray(sequenceStart, at), aborted));
    }
    if (at < bytes.length) split = new Uint8Array(bytes.subarray(at));
  }

  return {
    pass,
    passInstead(bytes, count, size) {
      pass(bytes, size);
      fed += count - bytes.length;
    },
    resized: (before, after) => count(workOfResize(before, after), fed),
    get pendingBytes() {
      return heldBytes + split.length;
    },
    get memory() {
      return { state, held, heldBytes, split, autowrap, marks, bytes: fed, work };
    },
  };
}

/** A copy: the caller may reuse its bytes, and a view would keep all of them in memory. */
function keepCopy({ kept, aborted }: PartialSequence): PartialSequence {
  return { kept: kept.slice(), aborted };
}

/** The whole of a sequence that has ended with a character of `length` bytes; when cut, that character is kept. */
function joinWhole(
  held: PartialSequence,
  more: Uint8Array,
  aborted: number,
  length: number,
): PartialSequence {
  if (held === NO_PARTIAL_SEQUENCE && more.length <= LONGEST_SEQUENCE) return { kept: more, aborted };
  const body = joinPartialSequence(held, more.subarray(0, more.length - length), aborted);
  const isCut = body.kept.length - body.aborted === LONGEST_SEQUENCE;
  const kept = isCut ? withoutPartialCharacter(body.kept) : body.kept;
  return { kept: concat(kept, more.subarray(more.length - length)), aborted: body.aborted };
}
