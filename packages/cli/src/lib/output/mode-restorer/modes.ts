import { type Effect, numbersIn, type TerminalState } from "./effect.js";

/** Private modes that are initially off: cursor keys, origin, keypad, margins, mouse, focus, pastes, updates, reports. */
const OFF = [
  ...[1, 5, 6, 9, 12, 45, 66, 67, 69, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 1042, 1043],
  ...[2004, 2026, 2031, 2048],
];
/** The alternate screen, which all these modes share. */
const SCREENS = [47, 1047, 1049];
/** Private modes that are initially on: wrapping, repeated keys, the cursor. */
const ON = [7, 8, 25];
const SWITCHED_OFF: ReadonlySet<number> = new Set([...OFF, ...SCREENS]);
const SWITCHED_ON: ReadonlySet<number> = new Set(ON);

/** ANSI modes (without a private prefix): keyboard locked, insert, no echo (initially on), line feed returns. */
const ANSI_OFF: ReadonlySet<number> = new Set([2, 4, 20]);
const ANSI_ON: ReadonlySet<number> = new Set([12]);

/** Name of the change that shows the alternate screen. */
export const OTHER_SCREEN = "screen";
/** Leaving origin mode moves the cursor home, and its old position is unknown: it goes to the last row. */
const NO_ORIGIN = "\x1b[r\x1b[?6l\x1b[9999H\n";

function setPrivate({ changes }: TerminalState, mode: number, isOn: boolean): void {
  if (!SWITCHED_OFF.has(mode) && !SWITCHED_ON.has(mode)) return;
  const what = keyOf(mode);
  if (isOn !== SWITCHED_OFF.has(mode)) {
    changes.settle(what);
    return;
  }
  const back = mode === 6 ? NO_ORIGIN : `\x1b[?${mode}${isOn ? "l" : "h"}`;
  changes.change(what, back, `\x1b[?${mode}${isOn ? "h" : "l"}`);
}

function keyOf(mode: number): string {
  return SCREENS.includes(mode) ? OTHER_SCREEN : mode === 66 ? "keypad" : `?${mode}`;
}

/** Sets or resets private modes. */
export const privateModes =
  (isOn: boolean): Effect =>
  (state, params) => {
    for (const mode of numbersIn(params)) setPrivate(state, mode, isOn);
  };

/** Saves private modes (XTSAVE). */
export const saveModes: Effect = ({ changes, saved }, params) => {
  for (const mode of numbersIn(params)) saved.set(mode, changes.has(keyOf(mode)));
};

/** Brings saved private modes back (XTRESTORE). */
export const restoreModes: Effect = (state, params) => {
  for (const mode of numbersIn(params)) {
    const wasChanged = state.saved.get(mode);
    if (wasChanged !== undefined) setPrivate(state, mode, wasChanged === SWITCHED_OFF.has(mode));
  }
};

/** Sets or resets ANSI modes. */
export const ansiModes =
  (isOn: boolean): Effect =>
  ({ changes }, params) => {
    for (const mode of numbersIn(params)) {
      if (!ANSI_OFF.has(mode) && !ANSI_ON.has(mode)) continue;
      const [now, back] = isOn ? "hl" : "lh";
      if (isOn === ANSI_OFF.has(mode)) changes.change(`${mode}`, `\x1b[${mode}${back}`, `\x1b[${mode}${now}`);
      else changes.settle(`${mode}`);
    }
  };
