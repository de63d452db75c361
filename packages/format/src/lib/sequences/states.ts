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
/** Represents every character from U+00A0 up. */
const TEXT = 0xa0;
const CODES = TEXT + 1;

/** The state after a character. */
export function nextState(state: number, code: number): number {
  return TABLE[state * CODES + Math.min(code, TEXT)] ?? STATE.ground;
}

/** Whether a state is inside a control sequence. */
export function isControlSequence(state: number): boolean {
  return state >= STATE.csiEntry && state <= STATE.csiIgnore;
}

/** Whether a state is inside a string: OSC, DCS, SOS, PM or APC. */
export function isString(state: number): boolean {
  return state >= STATE.ignoredString;
}

/** Whether a character begins a sequence in any state. */
export function isIntroducer(code: number): boolean {
  return INTRODUCERS.has(code);
}

function buildTable(): Uint8Array {
  const table = new Uint8Array(STATES * CODES);
  for (let state = 0; state < STATES; state++) {
    for (let code = 0; code < CODES; code++)
      table[state * CODES + code] = anywhere(code) ?? WITHIN[state]?.(code, state) ?? STATE.ground;
  }
  return table;
}

const INTRODUCERS: ReadonlyMap<number, number> = new Map([
  [0x1b, STATE.escape],
  [0x90, STATE.dcsEntry],
  [0x98, STATE.ignoredString],
  [0x9b, STATE.csiEntry],
  [0x9d, STATE.osc],
  [0x9e, STATE.ignoredString],
  [0x9f, STATE.ignoredString],
]);

/** CAN, SUB, ESC and the C1 controls mean the same in every state. */
function anywhere(code: number): number | undefined {
  const isEnd = code === 0x18 || code === 0x1a || (code >= 0x80 && code < TEXT);
  return INTRODUCERS.get(code) ?? (isEnd ? STATE.ground : undefined);
}

/** What comes after a character that is none of these, by the state. */
const WITHIN: Readonly<Record<number, (code: number, state: number) => number>> = {
  [STATE.ground]: () => STATE.ground,
  [STATE.escape]: afterEscape,
  [STATE.escapeIntermediate]: (code: number) =>
    code < 0x30 || code === 0x7f ? STATE.escapeIntermediate : STATE.ground,
  [STATE.csiEntry]: withinCsi,
  [STATE.csiParameter]: withinCsi,
  [STATE.csiIntermediate]: withinCsi,
  [STATE.csiIgnore]: (code: number) =>
    isControl(code) || code < 0x40 || code >= TEXT ? STATE.csiIgnore : STATE.ground,
  [STATE.ignoredString]: (code: number) => (code < TEXT ? STATE.ignoredString : STATE.ground),
  [STATE.osc]: (code: number) => (code === 0x07 ? STATE.ground : STATE.osc),
  [STATE.dcsEntry]: withinDcsHeader,
  [STATE.dcsParameter]: withinDcsHeader,
  [STATE.dcsIntermediate]: withinDcsHeader,
  [STATE.dcsIgnore]: () => STATE.dcsIgnore,
  [STATE.dcsString]: () => STATE.dcsString,
};

function isControl(code: number): boolean {
  return code < 0x20 || code === 0x7f;
}

const AFTER_ESCAPE: ReadonlyMap<number, number> = new Map([
  [0x5b, STATE.csiEntry],
  [0x5d, STATE.osc],
  [0x50, STATE.dcsEntry],
  [0x58, STATE.ignoredString],
  [0x5e, STATE.ignoredString],
  [0x5f, STATE.ignoredString],
]);

function afterEscape(code: number): number {
  if (isControl(code)) return STATE.escape;
  if (code < 0x30) return STATE.escapeIntermediate;
  return AFTER_ESCAPE.get(code) ?? STATE.ground;
}

function withinCsi(code: number, state: number): number {
  if (code >= TEXT) return STATE.ground;
  if (isControl(code)) return state;
  if (code >= 0x40) return STATE.ground;
  if (code < 0x30) return STATE.csiIntermediate;
  if (state === STATE.csiIntermediate) return STATE.csiIgnore;
  return code < 0x3c || state === STATE.csiEntry ? STATE.csiParameter : STATE.csiIgnore;
}

function withinDcsHeader(code: number, state: number): number {
  if (code >= TEXT) return STATE.ground;
  if (isControl(code)) return state;
  if (code >= 0x40) return STATE.dcsString;
  if (code < 0x30) return STATE.dcsIntermediate;
  if (state === STATE.dcsIntermediate) return STATE.dcsIgnore;
  if (code < 0x3c || state === STATE.dcsEntry) return STATE.dcsParameter;
  return STATE.dcsIgnore;
}

const TABLE = buildTable();
