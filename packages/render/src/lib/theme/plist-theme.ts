import { type NamedColors, PALETTE_KEYS } from "./named-colors.js";

const NAMES = {
  "Foreground Color": "foreground",
  "Background Color": "background",
  "Cursor Color": "cursor",
} as const;
const ENTRY = /<key>([^<]{1,40})<\/key>\s*<dict>([\s\S]*?)<\/dict>/g;
const COMPONENT = /<key>(Red|Green|Blue) Component<\/key>\s*<real>([\d.eE+-]{1,32})<\/real>/g;

/** Reads the colours out of iTerm2's `.itermcolors`, each a dictionary of three numbers from 0 to 1. */
export function readPlistTheme(text: string): NamedColors {
  const colors: NamedColors = {};
  for (const [, name = "", dictionary = ""] of text.matchAll(ENTRY)) {
    const [, index] = /^Ansi (\d+) Color$/.exec(name) ?? [];
    const key = index === undefined ? NAMES[name as keyof typeof NAMES] : PALETTE_KEYS[Number(index)];
    if (key !== undefined) colors[key] = colorOf(dictionary);
  }
  return colors;
}

function colorOf(dictionary: string): number | undefined {
  const parts = new Map([...dictionary.matchAll(COMPONENT)].map(([, name, value]) => [name, Number(value)]));
  const bytes = ["Red", "Green", "Blue"].map((name) => Math.round(255 * (parts.get(name) ?? Number.NaN)));
  const [red = 0, green = 0, blue = 0] = bytes;
  return bytes.every((byte) => byte >= 0 && byte <= 255) ? (red << 16) | (green << 8) | blue : undefined;
}
