import type { EmulatorIdentity, TerminalSize } from "@cassette/format";
import unicode11 from "@xterm/addon-unicode11";
import headless, { type Terminal } from "@xterm/headless";

export type { Terminal };

/** What {@link createXtermEmulator} calls itself: the library's version and the width tables it is set to. */
export const XTERM_IDENTITY: EmulatorIdentity = { name: "@xterm/headless", version: "6.0.0+unicode11" };

/** Makes a terminal of the library with the widths of Unicode 11 and no scrollback. */
export function createTerminal({ rows, cols }: TerminalSize): Terminal {
  const terminal = new headless.Terminal({
    rows,
    cols,
    scrollback: 0,
    allowProposedApi: true,
    windowOptions: { pushTitle: true, popTitle: true },
    logLevel: "off",
  });
  terminal.loadAddon(new unicode11.Unicode11Addon());
  terminal.unicode.activeVersion = "11";
  return terminal;
}

/**
 * Writes and resolves when the screen shows it. After what it takes for input of a person, the library parses the next
 * write at once instead of waiting a timer's turn for each; empty input has no other effect.
 */
export function writeToTerminal(terminal: Terminal, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    terminal.input("", true);
    terminal.write(bytes, resolve);
  });
}
