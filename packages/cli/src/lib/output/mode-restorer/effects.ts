import { palette, paletteReset, pointer, specialColours } from "./colours.js";
import { type Effect, numbersIn, type TerminalState, toggle } from "./effect.js";
import { ansiModes, privateModes, restoreModes, saveModes } from "./modes.js";
import type { ControlSequence } from "./sequences.js";

/** The settings that a soft reset restores. */
const SOFTLY_RESET = ["2", "4", "20", "?1", "?6", "?7", "?25", "?69", "keypad", "region", "shift"];
const CHARSETS = ["(", ")", "*", "+"];
/** The 96-character sets go into the same places. */
const PLACES: Readonly<Record<string, string>> = { "-": ")", ".": "*", "/": "+" };

/** Setting the region moves the cursor home. */
const NO_REGION = "\x1b7\x1b[r\x1b8";
const TAB = 8;
const END = "\x1b\\";

const region: Effect = ({ changes, size }, params, { text }) => {
  const [top = 0, bottom = 0] = numbersIn(params);
  const isWhole = top <= 1 && (bottom === 0 || bottom >= size().rows);
  if (isWhole) changes.settle("region");
  else changes.change("region", NO_REGION, `\x1b7${text}\x1b8`);
};

const titles: Effect = ({ changes }, params, { text }) => {
  const [operation, part = 0] = numbersIn(params);
  if (operation === 22) changes.push("titles", `\x1b[23;${part}t`, text);
  if (operation === 23) changes.pop("titles");
};

/** Values that mean the default format. */
const DEFAULT_FORMATS: ReadonlySet<string> = new Set(["", "0"]);

/** How keys are reported, by kind of key. */
const keyFormats =
  (final: string): Effect =>
  ({ changes }, params, { text }) => {
    const [kind, value = ""] = params.split(";");
    if (final === "m" && DEFAULT_FORMATS.has(value)) changes.settle(`keys ${kind}`);
    else changes.change(`keys ${kind}`, `\x1b[>${kind}m`, text);
  };

/** Clears all tab stops. They are set one by one: not every terminal knows a sequence for it. */
const tabs: Effect = ({ changes, size }, params, { text }) => {
  if (params !== "3") return;
  const count = Math.max(0, Math.ceil(size().cols / TAB) - 1);
  const stops = Array.from({ length: count }, (_, index) => `\x1b[${(index + 1) * TAB + 1}G\x1bH`);
  changes.change("tabs", `\x1b7${stops.join("")}\x1b8`, text);
};

const softReset: Effect = ({ changes, pen }) => {
  pen.reset();
  for (const what of [...SOFTLY_RESET, ...CHARSETS]) changes.settle(what);
};

const reset: Effect = ({ changes, pen, saved }) => {
  pen.reset();
  saved.clear();
  changes.clear();
};

/** Control sequences by name, and their lasting effects. */
const EFFECTS: Readonly<Record<string, Effect>> = {
  "CSI?h": privateModes(true),
  "CSI?l": privateModes(false),
  "CSI?s": saveModes,
  "CSI?r": restoreModes,
  CSIh: ansiModes(true),
  CSIl: ansiModes(false),
  CSIr: region,
  CSIm: ({ pen }, params) => pen.take(params),
  CSIt: titles,
  "CSI>m": keyFormats("m"),
  "CSI>n": keyFormats("n"),
  "CSI>u": ({ changes }, _, { text }) => changes.push("keyboard", "\x1b[<u", text),
  "CSI<u": ({ changes }, params) => changes.pop("keyboard", Number(params) || 1),
  "CSI=u": toggle("keyboard flags", "\x1b[=0u", (params) => numbersIn(params)[0] !== 0),
  "CSI q": toggle("cursor", "\x1b[0 q", (params) => Number(params) !== 0),
  'CSI"q': toggle("protection", '\x1b[0"q', (params) => Number(params) === 1),
  CSIg: tabs,
  "CSI?W": toggle("tabs", "\x1b[?5W", false),
  CSIi: toggle("printer", "\x1b[4i", (params) => params === "5"),
  "CSI?i": toggle("printing", "\x1b[?4i", (params) => params === "5"),
  "CSI!p": softReset,
  OSC4: palette(4),
  OSC5: palette(5),
  OSC104: paletteReset(4),
  OSC105: paletteReset(5),
  OSC8: toggle("link", `\x1b]8;;${END}`, (params) => !params.endsWith(";")),
  OSC22: pointer,
  OSC9: (state, params, sequence) => {
    if (params.startsWith("4;"))
      toggle("progress", `\x1b]9;4;0${END}`, !params.startsWith("4;0"))(state, params, sequence);
  },
  "ESC=": toggle("keypad", "\x1b>", true),
  "ESC>": toggle("keypad", "\x1b>", false),
  ESCc: reset,
  "ESC%@": toggle("encoding", "\x1b%G", true),
  "ESC%G": toggle("encoding", "\x1b%G", false),
  "ESC G": toggle("controls", "\x1b F", true),
  "ESC F": toggle("controls", "\x1b F", false),
  SO: toggle("shift", "\x0f", true),
  ESCn: toggle("shift", "\x0f", true),
  ESCo: toggle("shift", "\x0f", true),
  SI: toggle("shift", "\x0f", false),
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => index + 10).flatMap((command) => [
      [`OSC${command}`, specialColours(command)],
      [`OSC${command + 100}`, toggle(`colour ${command}`, "", false)],
    ]),
  ),
};

/** A character set is designated to one of G0 to G3; the sequence's name contains both. */
function designate({ changes }: TerminalState, { name, text }: ControlSequence): void {
  const [, place = "", charset] = /^ESC([(-+\-./])(.+)$/.exec(name) ?? [];
  if (charset === undefined) return;
  const what = PLACES[place] ?? place;
  if (charset === "B" && what === place) changes.settle(what);
  else changes.change(what, `\x1b${what}B`, text);
}

/** Applies the lasting effect of a control sequence to the state. */
export function applyEffect(state: TerminalState, sequence: ControlSequence): void {
  const effect = EFFECTS[sequence.name];
  if (effect) effect(state, sequence.params, sequence);
  else designate(state, sequence);
}
