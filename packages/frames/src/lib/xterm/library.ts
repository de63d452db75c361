import type { TerminalSize } from "@cassette/format";
import { Unicode11Addon } from "@xterm/addon-unicode11/lib/addon-unicode11.mjs";
import type { IUnicodeVersionProvider, Terminal } from "@xterm/headless";
import * as headless from "@xterm/headless/lib-headless/xterm-headless.mjs";
import { SCROLLBACK_LINES } from "../scrollback.js";
import { characterStart } from "../sequences/utf8.js";

export type { IUnicodeVersionProvider, Terminal };

/** The library and its version. */
export const LIBRARY = { name: "@xterm/headless", version: "6.0.0" } as const;

/** The width tables of Unicode 11, taken from the addon as it offers them to a terminal. */
export const UNICODE_11 = takeTables();

/** Makes a terminal of the library with as much history as resizes need. */
export function createTerminal({ rows, cols }: TerminalSize): Terminal {
  const terminal = new headless.Terminal({
    rows,
    cols,
    scrollback: SCROLLBACK_LINES,
    allowProposedApi: true,
    windowOptions: {
      pushTitle: true,
      popTitle: true,
      getWinSizePixels: true,
      getCellSizePixels: true,
      getWinSizeChars: true,
      getScreenSizeChars: true,
    },
    logLevel: "off",
  });
  return terminal;
}

/** Bytes in one write: the library splits longer writes itself, inside characters. */
const LONGEST_WRITE = 65_536;

/** Puts bytes on a terminal. */
export interface Writer {
  /** Writes at once: when it returns, the screen shows it. */
  write(bytes: Uint8Array): void;
  /** Resolves when the screen shows all that was written. */
  shown(): Promise<void>;
}

/**
 * Makes the writer of a terminal. After user input, the library parses the next write at once
 * instead of waiting a timer's turn for each; empty input has no other effect.
 */
export function createWriter(terminal: Terminal): Writer {
  let unseen = 0;
  const waiting: (() => void)[] = [];
  const seen = () => {
    if (--unseen > 0) return;
    for (const resolve of waiting.splice(0)) resolve();
  };
  return {
    write(bytes) {
      for (const piece of splitForLibrary(bytes)) {
        unseen++;
        terminal.input("", true);
        terminal.write(piece, seen);
      }
    },
    shown() {
      if (unseen === 0) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}

function splitForLibrary(bytes: Uint8Array): Uint8Array[] {
  const writes: Uint8Array[] = [];
  let start = 0;
  while (bytes.length - start > LONGEST_WRITE) {
    const end = characterStart(bytes, start + LONGEST_WRITE);
    writes.push(bytes.subarray(start, end));
    start = end;
  }
  writes.push(start === 0 ? bytes : bytes.subarray(start));
  return writes;
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
