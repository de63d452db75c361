import type { InputRecord } from "@cassette/format";
import type { SessionEvent } from "../recorder/records.js";

/**
 * The outcome of held input: recorded as typed; withheld with the number of its bytes, because no line end follows; or withheld
 * as a part or as the end of a line, which sealing joins.
 */
export type HeldOutcome = "typed" | "withheld" | "withheld-part" | "withheld-line";

/** Input that has its place in the recording and is not written yet. */
export interface HeldInput {
  /** Writes it. Called once. */
  settle(outcome: HeldOutcome): void;
}

/** Lines of `input.jsonl` in order, some of which are not decided yet. */
export interface InputLines {
  /** Whether no line is pending: the next line is written at once. */
  readonly isSettled: boolean;
  append(line: string): void;
  /** Reserves a place for a line. @returns a function that sets the line. */
  reserve(): (line: string) => void;
}

/** @param write receives lines once all before them are decided. */
export function createInputLines(write: (line: string) => void): InputLines {
  const waiting: { line: string | null }[] = [];

  function writeDecided(): void {
    for (let first = waiting[0]; first?.line != null; first = waiting[0]) {
      write(first.line);
      waiting.shift();
    }
  }

  return {
    get isSettled() {
      return waiting.length === 0;
    },
    append(line) {
      if (waiting.length === 0) write(line);
      else waiting.push({ line });
    },
    reserve() {
      const place: { line: string | null } = { line: null };
      waiting.push(place);
      return (line) => {
        place.line = line;
        writeDecided();
      };
    },
  };
}

const MASK = 0x2a;

/** The record of held input. */
export function heldRecord(
  { bytes = new Uint8Array(), key }: SessionEvent,
  outcome: HeldOutcome,
): Pick<InputRecord, "bytes" | "key" | "withheld" | "masked"> {
  if (outcome === "typed") return { bytes, key };
  if (outcome === "withheld-line") return { withheld: true };
  const stars = { bytes: new Uint8Array(bytes.length).fill(MASK), withheld: true };
  return outcome === "withheld" ? { ...stars, masked: [[0, bytes.length]] } : stars;
}
