/** The names that Windows Terminal has for the palette, in its order. */
export const PALETTE_KEYS = [
  "black",
  "red",
  "green",
  "yellow",
  "blue",
  "purple",
  "cyan",
  "white",
  "brightBlack",
  "brightRed",
  "brightGreen",
  "brightYellow",
  "brightBlue",
  "brightPurple",
  "brightCyan",
  "brightWhite",
] as const;

type ColorKey = (typeof PALETTE_KEYS)[number] | "foreground" | "background" | "cursor";

/** Colours that were found in a file, as `r<<16 | g<<8 | b`. */
export type NamedColors = Partial<Record<ColorKey, number>>;

/** Reads `#rrggbb`, `#rgb` or `rrggbb`; undefined for anything else. */
export function parseHexColor(value: unknown): number | undefined {
  const [, hex] = (typeof value === "string" && /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(value.trim())) || [];
  if (hex === undefined) return undefined;
  return Number.parseInt(hex.length === 3 ? hex.replace(/./g, "$&$&") : hex, 16);
}
