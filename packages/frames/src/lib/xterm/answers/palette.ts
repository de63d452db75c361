/** The sixteen colours xterm starts with. */
const ANSI = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000,
  0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];
/** Brightness of the six steps of the colour cube. */
const CUBE = [0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff];

/** The default colours that are reported to programs: light grey on black. */
export const DEFAULT_COLORS = { foreground: 0xe5e5e5, background: 0x000000, cursor: 0xe5e5e5 } as const;

/** `r<<16 | g<<8 | b` of a palette index from 0 to 255: xterm's own colours, regardless of what a program has changed since. */
export function paletteColor(index: number): number {
  const ansi = ANSI[index];
  if (ansi !== undefined) return ansi;
  if (index >= 232) return 0x01_0101 * (8 + 10 * (index - 232));
  const cube = index - 16;
  const step = (divisor: number) => CUBE[Math.floor(cube / divisor) % 6] ?? 0;
  return (step(36) << 16) | (step(6) << 8) | step(1);
}
