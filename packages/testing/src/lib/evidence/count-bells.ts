import { isControlSequence, nextState, STATE } from "@cassette/format/sequences";

const BEL = 0x07;
/** First byte of the C1 controls in UTF-8. */
const C1_LEAD = 0xc2;
/** The first character after the C1 controls. */
const FIRST_TEXT = 0xa0;

/** Creates a counter: it receives the output in pieces and returns how often the bell rings in each. */
export function countBells(): (bytes: Uint8Array) => number {
  let state: number = STATE.ground;
  let afterLead = false;

  function next(byte: number): boolean {
    const isC1 = afterLead && byte >= 0x80 && byte < FIRST_TEXT;
    afterLead = byte === C1_LEAD;
    // Whether this byte begins a control is known at the next one.
    if (afterLead) return false;
    const before = state;
    state = nextState(before, byte < 0x80 || isC1 ? byte : FIRST_TEXT);
    return byte === BEL && ringsIn(before);
  }

  return (bytes) => {
    let rings = 0;
    for (const byte of bytes) if (next(byte)) rings++;
    return rings;
  };
}

/** A BEL ends an OSC, and is part of any other string; within a control sequence it rings. */
function ringsIn(state: number): boolean {
  return state <= STATE.escapeIntermediate || isControlSequence(state);
}
