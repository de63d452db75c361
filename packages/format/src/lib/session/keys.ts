import { CassetteError } from "../error.js";

/** An encoded key. */
export interface EncodedKey {
  bytes: Uint8Array;
  /** Its one name in recordings: lower case, modifiers first (`ctrl-c`, `shift-tab`, `ctrl-alt-left`, `f5`). */
  key: string;
}

/** Modes that the program has set. */
export interface KeyModes {
  /** DECCKM: arrows, Home and End as `ESC O` instead of `ESC [`. */
  applicationCursor?: boolean;
}

interface Modifiers {
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
}

/** `CSI final`, with modifiers `CSI 1 ; m final`. */
const CURSOR_KEYS: Readonly<Record<string, string>> = {
  up: "A",
  down: "B",
  right: "C",
  left: "D",
  end: "F",
  home: "H",
};

/** `SS3 final`, with modifiers `CSI 1 ; m final`. */
const FUNCTION_KEYS: Readonly<Record<string, string>> = { f1: "P", f2: "Q", f3: "R", f4: "S" };

/** `CSI number ~`, with modifiers `CSI number ; m ~`. */
const TILDE_KEYS: Readonly<Record<string, number>> = {
  insert: 2,
  delete: 3,
  "page-up": 5,
  "page-down": 6,
  f5: 15,
  f6: 17,
  f7: 18,
  f8: 19,
  f9: 20,
  f10: 21,
  f11: 23,
  f12: 24,
};

const CONTROL_KEYS: Readonly<Record<string, string>> = {
  enter: "\r",
  tab: "\t",
  escape: "\x1b",
  backspace: "\x7f",
  space: " ",
};

/** Other spellings of the names above, in lower case without dashes, underscores and spaces. */
const ALIASES: Readonly<Record<string, string>> = {
  return: "enter",
  cr: "enter",
  esc: "escape",
  bs: "backspace",
  spc: "space",
  pageup: "page-up",
  pgup: "page-up",
  prior: "page-up",
  ppage: "page-up",
  pagedown: "page-down",
  pgdn: "page-down",
  pgdown: "page-down",
  next: "page-down",
  npage: "page-down",
  ins: "insert",
  ic: "insert",
  del: "delete",
  dc: "delete",
  arrowup: "up",
  arrowdown: "down",
  arrowleft: "left",
  arrowright: "right",
  uparrow: "up",
  downarrow: "down",
  leftarrow: "left",
  rightarrow: "right",
  plus: "+",
  minus: "-",
};

const MODIFIER_NAMES: Readonly<Record<string, keyof Modifiers>> = {
  ctrl: "ctrl",
  control: "ctrl",
  c: "ctrl",
  alt: "alt",
  meta: "alt",
  option: "alt",
  m: "alt",
  shift: "shift",
  s: "shift",
};

/** Ctrl with characters that are not letters. */
const CONTROL_CHARACTERS: Readonly<Record<string, number>> = {
  " ": 0,
  "@": 0,
  "2": 0,
  "[": 0x1b,
  "3": 0x1b,
  "\\": 0x1c,
  "4": 0x1c,
  "]": 0x1d,
  "5": 0x1d,
  "^": 0x1e,
  "6": 0x1e,
  _: 0x1f,
  "-": 0x1f,
  "/": 0x1f,
  "7": 0x1f,
  "?": 0x7f,
  "8": 0x7f,
};

/**
 * Encodes a named key as xterm sends it. Names in any of the usual spellings: `Enter`, `Ctrl+C`, `C-c`, `^c`,
 * `ctrl-c`, `Shift+Tab`, `Alt+Left`, `F5`, `PageUp`, or one character.
 * @throws CassetteError `CASSETTE_KEY_UNKNOWN` also for combinations that a terminal cannot send.
 */
export function encodeKey(name: string, modes: KeyModes = {}): EncodedKey {
  const { base, modifiers } = parseKey(name);
  const text = encodeBase(base, modifiers, modes.applicationCursor ?? false);
  if (text === undefined) throw unknownKey(name);
  return { bytes: Buffer.from(text), key: wireName(base, modifiers) };
}

function parseKey(name: string): { base: string; modifiers: Modifiers } {
  const modifiers: Modifiers = { ctrl: false, alt: false, shift: false };
  let rest = name;
  for (let match = takeModifier(rest); match !== undefined; match = takeModifier(rest)) {
    modifiers[match.modifier] = true;
    rest = match.rest;
  }
  const base = parseBase(rest);
  if (base === undefined) throw unknownKey(name);
  return normalise(base, modifiers);
}

function takeModifier(name: string): { modifier: keyof Modifiers; rest: string } | undefined {
  if (name.length > 1 && name.startsWith("^")) return { modifier: "ctrl", rest: name.slice(1) };
  const match = /^([a-z]+)[-+](.+)$/isu.exec(name);
  const modifier = MODIFIER_NAMES[match?.[1]?.toLowerCase() ?? ""];
  const rest = match?.[2];
  return modifier === undefined || rest === undefined ? undefined : { modifier, rest };
}

function parseBase(name: string): string | undefined {
  if (name === " ") return "space";
  if ([...name].length === 1) return /\p{Cc}|\p{Cs}/u.test(name) ? undefined : name;
  const plain = name.toLowerCase().replace(/[-_ ]/g, "");
  const base = ALIASES[plain] ?? plain;
  const known = [CURSOR_KEYS, FUNCTION_KEYS, TILDE_KEYS, CONTROL_KEYS].some((table) =>
    Object.hasOwn(table, base),
  );
  return known || base.length === 1 ? base : undefined;
}

/** `Ctrl+C` is `ctrl-c`, `Shift+a` is `A`. */
function normalise(base: string, modifiers: Modifiers): { base: string; modifiers: Modifiers } {
  if (!isLetter(base)) return { base, modifiers };
  if (modifiers.ctrl) return { base: base.toLowerCase(), modifiers };
  if (modifiers.shift) return { base: base.toUpperCase(), modifiers: { ...modifiers, shift: false } };
  return { base, modifiers };
}

function isLetter(base: string): boolean {
  return /^\p{L}$/u.test(base);
}

function encodeBase(base: string, modifiers: Modifiers, applicationCursor: boolean): string | undefined {
  const m = modifierParameter(modifiers);
  const cursor = CURSOR_KEYS[base];
  if (cursor !== undefined) return modifiedKey(cursor, m, applicationCursor ? "O" : "[");
  const functionKey = FUNCTION_KEYS[base];
  if (functionKey !== undefined) return modifiedKey(functionKey, m, "O");
  const tilde = TILDE_KEYS[base];
  if (tilde !== undefined) return m > 1 ? `\x1b[${tilde};${m}~` : `\x1b[${tilde}~`;
  const text = encodeCharacter(base, modifiers);
  return text !== undefined && modifiers.alt ? `\x1b${text}` : text;
}

/** A key whose sequence begins otherwise without modifiers. */
function modifiedKey(final: string, m: number, plain: "[" | "O"): string {
  return m > 1 ? `\x1b[1;${m}${final}` : `\x1b${plain}${final}`;
}

/** xterm's parameter for modifiers: 1 without any. */
function modifierParameter({ shift, alt, ctrl }: Modifiers): number {
  return 1 + (shift ? 1 : 0) + (alt ? 2 : 0) + (ctrl ? 4 : 0);
}

function encodeCharacter(base: string, { ctrl, shift }: Modifiers): string | undefined {
  const named = CONTROL_KEYS[base];
  if (ctrl) return base === "backspace" ? "\x08" : controlCharacter(base === "space" ? " " : base, named);
  if (base === "tab" && shift) return "\x1b[Z";
  return named ?? (shift ? undefined : base);
}

function controlCharacter(character: string, named: string | undefined): string | undefined {
  if (/^[a-z]$/.test(character)) return String.fromCharCode(character.charCodeAt(0) - 0x60);
  const code = CONTROL_CHARACTERS[character];
  return code === undefined ? named : String.fromCharCode(code);
}

function wireName(base: string, { ctrl, alt, shift }: Modifiers): string {
  return [ctrl && "ctrl", alt && "alt", shift && "shift", base].filter(Boolean).join("-");
}

function unknownKey(name: string): CassetteError {
  return new CassetteError("CASSETTE_KEY_UNKNOWN", "There is no such key, or no terminal can send it.", {
    actual: name.slice(0, 40),
    hint: "Keys are named like Enter, Up, F5, PageDown, Ctrl+C, Alt+Left, Shift+Tab.",
  });
}
