const RGB = /^rgb:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})$/i;
const HASH = /^#(?:[\da-f]{3}){1,4}$/i;

/** `r<<16 | g<<8 | b` of a colour as X11 writes it, `rgb:…` or `#…`; null for any other form, names included. */
export function parseColor(text: string): number | null {
  const [, ...channels] = RGB.exec(text) ?? [];
  if (channels.length === 3) return joined(channels.map(scaled));
  if (!HASH.test(text)) return null;
  const digits = (text.length - 1) / 3;
  return joined(
    [0, 1, 2].map((channel) => high(text.slice(1 + channel * digits, 1 + (channel + 1) * digits))),
  );
}

/** Any number of digits spans the same range. */
function scaled(hex: string): number {
  return Math.round((Number.parseInt(hex, 16) / (16 ** hex.length - 1)) * 0xff);
}

/** The digits are the first of more. */
function high(hex: string): number {
  return Number.parseInt(hex.padEnd(2, "0").slice(0, 2), 16);
}

function joined([red = 0, green = 0, blue = 0]: number[]): number {
  return (red << 16) | (green << 8) | blue;
}
