import { type NamedColors, PALETTE_KEYS, parseHexColor } from "./named-colors.js";

const NAMES = new Map([
  ["foreground", "foreground"],
  ["background", "background"],
  ["cursor", "cursor"],
  ["cursor-color", "cursor"],
] as const);
const NAMED = /^\s*([a-z-]+)(?:\s*=\s*|\s+)(\S+)\s*$/;
const NUMBERED = /^\s*(?:color(\d{1,3})\s+|palette\s*=\s*(\d{1,3})\s*=\s*)(\S+)\s*$/;

/** Reads kitty's `color1 #rrggbb` and ghostty's `palette = 1=#rrggbb`, a line each; other lines are ignored. */
export function readKeyValueTheme(text: string): NamedColors {
  const colors: NamedColors = {};
  for (const line of text.split("\n")) {
    const [, kitty, ghostty, value] = NUMBERED.exec(line) ?? [];
    const [, name, named] = NAMED.exec(line) ?? [];
    const key = value === undefined ? keyOf(name) : PALETTE_KEYS[Number(kitty ?? ghostty)];
    if (key !== undefined) colors[key] = parseHexColor(value ?? named);
  }
  return colors;
}

function keyOf(name: string | undefined) {
  return (NAMES as ReadonlyMap<string | undefined, keyof NamedColors>).get(name);
}
