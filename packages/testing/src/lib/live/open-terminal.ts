import { DEFAULT_SIZE } from "@cassette/format/units";
import { openTerminal as openAnyTerminal } from "@cassette/terminal";
import { createEmulator } from "@cassette/terminal/parts";
import { createSessionLog } from "./session-log.js";
import type { Terminal, TerminalOptions } from "./terminal.js";
import { createWaits } from "./waits.js";

/**
 * Starts a program on a new terminal for a test.
 * @throws CassetteError of the driver: no such program, an invalid size, a platform without terminals.
 */
export async function openTerminal(options: TerminalOptions): Promise<Terminal> {
  const { argv, size = DEFAULT_SIZE } = options;
  const emulator = createEmulator(size);
  const log = createSessionLog(emulator, size, argv.join(" "));
  const display = {
    show: log.note,
    takeReplies: emulator.takeReplies,
    screen: async (shown?: Parameters<typeof emulator.snapshot>[0]) => emulator.snapshot(shown),
    close: emulator.close,
  };
  const terminal = await openAnyTerminal({ ...options, size, createDisplay: () => display });
  return {
    ...terminal,
    async mark(label) {
      await terminal.mark(label);
      await log.mark(label);
    },
    ...createWaits(terminal, log),
    evidence: log.evidence,
  };
}
