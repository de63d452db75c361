import type { EmulatorIdentity, TerminalSize } from "@cassette/format";
import type { Terminal } from "@xterm/headless";
import * as headless from "@xterm/headless/lib-headless/xterm-headless.mjs";
import { characterStart } from "../sequences/utf8.js";
import { joinMarks } from "./marks.js";

export type { Terminal };

/** What {@link createXtermEmulator} calls itself: the library's version and the width tables it is set to. */
export const XTERM_IDENTITY: EmulatorIdentity = { name: "@xterm/headless", version: "6.0.0+unicode11" };

/** What has scrolled off is gone. With no line at all, narrowing a full screen leaves the library reading beyond its lines. */
const LINES_ABOVE = 1;

/** Makes a terminal of the library with the widths of Unicode 11 and next to no scrollback. */
export function createTerminal({ rows, cols }: TerminalSize): Terminal {
  const terminal = new headless.Terminal({
    rows,
    cols,
    scrollback: LINES_ABOVE,
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
  joinMarks(terminal);
  // Links would show as underlines, which the program did not ask for, and the library keeps them all.
  terminal.parser.registerOscHandler(8, () => true);
  return terminal;
}

/** Bytes the library is given at once: it cuts longer writes itself, and not at characters. */
const LONGEST_WRITE = 65_536;

/** Puts bytes on a terminal. */
export interface Writer {
  /** Writes at once: when it returns, the screen shows it. */
  write(bytes: Uint8Array): void;
  /** Resolves when the screen shows all that was written. */
  shown(): Promise<void>;
}

/**
 * Makes the writer of a terminal. After what it takes for input of a person, the library parses the next write at once
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
