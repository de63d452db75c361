import { Unicode11Addon } from "@xterm/addon-unicode11/lib/addon-unicode11.mjs";
import type { IUnicodeVersionProvider } from "@xterm/headless";

/** The width tables, taken from the addon as it offers them to a terminal. */
const TABLES = takeTables();

/** How the library packs what it knows of a character: its width above one bit that says that it joins the one before. */
const JOINS = 1;
const WIDTH_SHIFT = 1;
const WIDTH_MASK = 0b110;

/** Columns of a code point: none for one that goes into the cell before it. */
export function widthOf(code: number): 0 | 1 | 2 {
  return TABLES.wcwidth(code);
}

/**
 * Makes the widths of Unicode 11 with marks that join the cell before them whatever came in between, as in xterm and tmux.
 * The library forgets at each control character or sequence that there is a character to join, and gives the mark a
 * column: https://github.com/xtermjs/xterm.js/issues/5237 and https://github.com/xtermjs/xterm.js/issues/2668.
 * @param beforeMark called before a mark that does not directly follow a character is drawn.
 */
export function createJoiningWidths(beforeMark: () => void): IUnicodeVersionProvider {
  return {
    version: `${TABLES.version}-joining`,
    wcwidth: widthOf,
    charProperties(code, preceding) {
      const width = TABLES.wcwidth(code);
      if (width > 0) return width << WIDTH_SHIFT;
      if (preceding === 0) beforeMark();
      return (preceding & WIDTH_MASK) | JOINS;
    },
  };
}

function takeTables(): IUnicodeVersionProvider {
  const taken: IUnicodeVersionProvider[] = [];
  const receiver = { unicode: { register: (provider: IUnicodeVersionProvider) => taken.push(provider) } };
  new Unicode11Addon().activate(receiver as unknown as Parameters<ActivateAddon>[0]);
  const [provider] = taken;
  if (provider === undefined) throw new Error("@xterm/addon-unicode11 offers no width tables.");
  return provider;
}

type ActivateAddon = InstanceType<typeof Unicode11Addon>["activate"];
