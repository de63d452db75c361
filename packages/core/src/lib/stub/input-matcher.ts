import type { InputRecord } from "@cassette/format";
import { measureReply } from "./terminal-reply.js";
import { type InputComparison, type Meeting, wantedInput } from "./wanted-input.js";

const ESC = 0x1b;
const LF = 0x0a;
const CR = 0x0d;

/** Where input stopped being what was recorded. Holds what arrived: scrub before showing it. */
export interface InputDifference {
  kind: "differs";
  record: InputRecord;
  /** What arrived for this record, and after it. */
  got: Uint8Array;
  /** The first byte of `got` that is not right. */
  at: number;
}

/** Compares input, in whatever pieces it arrives, with what was recorded. No clock, no streams. */
export interface InputMatcher {
  /** Something arrived. It is kept until a record asks for it. */
  arrive(bytes: Uint8Array): void;
  /**
   * Asks whether what a record wants has arrived, and then takes it. What is never waited for is "met" at once; the terminal's
   * answers are passed over wherever they arrive.
   */
  meet(record: InputRecord): "met" | "waiting" | InputDifference;
  /** What arrived and was not asked for. */
  unused(): Uint8Array;
}

/** Creates a matcher for one run of a recording. */
export function createInputMatcher(comparison: InputComparison = {}): InputMatcher {
  let arrived: Uint8Array = new Uint8Array();
  /** Answers that were recorded and have not come. */
  let answersDue = 0;
  let endedInCr = false;

  /** Takes a reply out of what arrived. */
  function dropReply(at: number): boolean | "incomplete" {
    const length = measureReply(arrived.subarray(at), answersDue > 0);
    if (length === "none") return false;
    if (length === "incomplete") return "incomplete";
    arrived = join(arrived.subarray(0, at), arrived.subarray(at + length));
    answersDue = Math.max(0, answersDue - 1);
    return true;
  }

  function take(length: number): void {
    endedInCr = arrived[length - 1] === CR;
    arrived = arrived.subarray(length);
  }

  /** The second half of a line end whose first was enough. */
  function dropLateLf(): void {
    if (comparison.compare !== "normalised" || !endedInCr || arrived.length === 0) return;
    if (arrived[0] === LF) arrived = arrived.subarray(1);
    endedInCr = false;
  }

  return {
    arrive(bytes) {
      arrived = join(arrived, bytes);
    },
    meet(record) {
      if (record.answer) answersDue++;
      const wanted = wantedInput(record, comparison);
      if (wanted === null) return "met";
      dropLateLf();
      for (;;) {
        const meeting = wanted.meet(arrived);
        const dropped = holdsReply(meeting, arrived) ? dropReply(replyStart(meeting, arrived)) : false;
        if (dropped === true) continue;
        if (meeting.kind === "met") {
          take(meeting.length);
          return "met";
        }
        if (meeting.kind === "part" || dropped === "incomplete") return "waiting";
        return { kind: "differs", record, got: arrived, at: meeting.at };
      }
    },
    unused() {
      dropLateLf();
      while (dropReply(0) === true);
      return arrived;
    },
  };
}

/** Whether a reply may stand in the way: where input differs, or right where an Escape key alone was met. */
function holdsReply(meeting: Meeting, arrived: Uint8Array): boolean {
  if (meeting.kind === "differs") return true;
  return meeting.kind === "met" && meeting.length === 1 && arrived[0] === ESC && arrived.length > 1;
}

/** The last ESC at or before the difference: no reply holds one but at its start. */
function replyStart(meeting: Meeting, arrived: Uint8Array): number {
  return meeting.kind === "differs" ? Math.max(0, arrived.lastIndexOf(ESC, meeting.at)) : 0;
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  return first.length === 0 ? Uint8Array.from(second) : Buffer.concat([first, second]);
}
