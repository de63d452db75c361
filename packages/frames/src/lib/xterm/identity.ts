import type { EmulatorIdentity } from "@cassette/format";
import { LIBRARY } from "./library.js";

/**
 * How many columns characters take. `unicode11`: each code point its own, by the tables of Unicode 11. `graphemes`: emoji made of
 * several code points take two, as in terminals with mode 2027, which programs can also set and reset themselves.
 */
export type WidthPolicy = (typeof WIDTH_POLICIES)[number];

export const WIDTH_POLICIES = ["unicode11", "graphemes"] as const;

/** `6.0.0+unicode11` was the first. */
const VERSION = `${LIBRARY.version}+3`;
const GRAPHEMES = ".graphemes";

/**
 * What {@link createXtermEmulator} calls itself: the library's version and the number of this package's corrections to it,
 * which grows with every change that may draw a screen differently.
 */
export const XTERM_IDENTITY: EmulatorIdentity = { name: LIBRARY.name, version: VERSION };

/** What an emulator with a width policy calls itself: {@link XTERM_IDENTITY}, or that with `.graphemes` after its version. */
export function xtermIdentity(widths: WidthPolicy): EmulatorIdentity {
  return widths === "unicode11" ? XTERM_IDENTITY : { ...XTERM_IDENTITY, version: VERSION + GRAPHEMES };
}

/** The width policy of an emulator of any version. */
export function widthsOf({ version }: EmulatorIdentity): WidthPolicy {
  return version.endsWith(GRAPHEMES) ? "graphemes" : "unicode11";
}
