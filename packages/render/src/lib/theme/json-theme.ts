import { type NamedColors, PALETTE_KEYS, parseHexColor } from "./named-colors.js";

/** Reads asciinema's theme, bare or in the header of a recording, or Windows Terminal's scheme. */
export function readJsonTheme(text: string): NamedColors {
  const outer = parseObject(text);
  const theme = objectIn(objectIn(outer, "term"), "theme") ?? objectIn(outer, "theme") ?? outer;
  return typeof theme?.palette === "string" ? asciinema(theme) : windowsTerminal(theme ?? {});
}

function parseObject(text: string): Record<string, unknown> | undefined {
  // A recording has more lines; its header is the first.
  for (const candidate of [text, text.split("\n", 1)[0] ?? ""]) {
    try {
      return objectIn({ value: JSON.parse(candidate) }, "value");
    } catch {}
  }
  return undefined;
}

function objectIn(
  outer: Record<string, unknown> | undefined,
  key: string,
): Record<string, unknown> | undefined {
  const value = outer?.[key];
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}

function asciinema({ fg, bg, palette }: Record<string, unknown>): NamedColors {
  const colors: NamedColors = { foreground: parseHexColor(fg), background: parseHexColor(bg) };
  for (const [index, hex] of String(palette).split(":").entries()) {
    const key = PALETTE_KEYS[index];
    if (key !== undefined) colors[key] = parseHexColor(hex);
  }
  return colors;
}

function windowsTerminal(scheme: Record<string, unknown>): NamedColors {
  const colors: NamedColors = {};
  for (const key of [...PALETTE_KEYS, "foreground", "background"] as const)
    colors[key] = parseHexColor(scheme[key]);
  colors.cursor = parseHexColor(scheme.cursorColor);
  return colors;
}
