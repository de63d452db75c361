/**
 * States of a terminal's parser, after Paul Williams's state machine (https://vt100.net/emu/dec_ansi_parser) with
 * xterm's additions: BEL ends an OSC, colons are parameters, C1 controls are honoured from anywhere.
 */
export const STATE = {
  ground: 0,
  escape: 1,
  escapeIntermediate: 2,
  csiEntry: 3,
  csiParameter: 4,
  csiIntermediate: 5,
  csiIgnore: 6,
  ignoredString: 7,
  osc: 8,
  dcsEntry: 9,
  dcsParameter: 10,
  dcsIntermediate: 11,
  dcsIgnore: 12,
  dcsString: 13,
} as const;

const STATES = 14;
/** Stands for every character from U+00A0 up. */
const TEXT = 0xa0;
const CODES = TEXT + 1;

const TABLE = buildTable();

/** The state after a character. */
export function nextState(state: number, code: number): number {
  return TABLE[state * CODES + Math.min(code, TEXT)] ?? STATE.ground;
}

/** Whether a state is inside a control sequence. */
export function isControlSequence(state: number): boolean {
  return state >= STATE.csiEntry && state <= STATE.csiIgnore;
}

/** Whether a character begins a sequence in any state. */
export function isIntroducer(code: number): boolean {
  return (
    code === 0x1b ||
    code === 0x90 ||
    code === 0x98 ||
    code === 0x9b ||
    code === 0x9d ||
    code === 0x9e ||
    code === 0x9f
  );
}

function buildTable(): Uint8Array {
  const table = new Uint8Array(STATES * CODES);
  for (let state = 0; state < STATES; state++) {
    for (let code = 0; code < CODES; code++)
      table[state * CODES + code] = anywhere(code) ?? within(state, code);
  }
  return table;
}

/** CAN, SUB, ESC and the C1 controls mean the same in every state. */
function anywhere(code: number): number | undefined {
  if (code === 0x1b) return STATE.escape;
  if (code === 0x90) return STATE.dcsEntry;
  if (code === 0x9b) return STATE.csiEntry;
  if (code === 0x9d) return STATE.osc;
  if (code === 0x98 || code === 0x9e || code === 0x9f) return STATE.ignoredString;
  if (code === 0x18 || code === 0x1a || (code >= 0x80 && code < 0xa0)) return STATE.ground;
  return undefined;
}

function within(state: number, code: number): number {
  switch (state) {
    case STATE.escape:
      return afterEscape(code);
    case STATE.escapeIntermediate:
      return code < 0x30 || code === 0x7f ? STATE.escapeIntermediate : STATE.ground;
    case STATE.csiEntry:
    case STATE.csiParameter:
    case STATE.csiIntermediate:
    case STATE.csiIgnore:
      return withinCsi(state, code);
    case STATE.ignoredString:
      return code < TEXT ? STATE.ignoredString : STATE.ground;
    case STATE.osc:
      return code === 0x07 ? STATE.ground : STATE.osc;
    case STATE.dcsEntry:
    case STATE.dcsParameter:
    case STATE.dcsIntermediate:
      return withinDcsHeader(state, code);
    case STATE.dcsIgnore:
    case STATE.dcsString:
      return state;
    default:
      return STATE.ground;
  }
}

function afterEscape(code: number): number {
  if (code < 0x20 || code === 0x7f) return STATE.escape;
  if (code < 0x30) return STATE.escapeIntermediate;
  switch (code) {
    case 0x5b:
      return STATE.csiEntry;
    case 0x5d:
      return STATE.osc;
    case 0x50:
      return STATE.dcsEntry;
    case 0x58:
    case 0x5e:
    case 0x5f:
      return STATE.ignoredString;
    default:
      return STATE.ground;
  }
}

function withinCsi(state: number, code: number): number {
  if (code >= TEXT) return state === STATE.csiIgnore ? state : STATE.ground;
  if (code < 0x20 || code === 0x7f) return state;
  if (code >= 0x40) return STATE.ground;
  if (state === STATE.csiIgnore) return state;
  if (code < 0x30) return STATE.csiIntermediate;
  if (state === STATE.csiIntermediate) return STATE.csiIgnore;
  if (code < 0x3c || state === STATE.csiEntry) return STATE.csiParameter;
  return STATE.csiIgnore;
}

function withinDcsHeader(state: number, code: number): number {
  if (code >= TEXT) return STATE.ground;
  if (code < 0x20 || code === 0x7f) return state;
  if (code >= 0x40) return STATE.dcsString;
  if (code < 0x30) return STATE.dcsIntermediate;
  if (state === STATE.dcsIntermediate) return STATE.dcsIgnore;
  if (code < 0x3c || state === STATE.dcsEntry) return STATE.dcsParameter;
  return STATE.dcsIgnore;
}
