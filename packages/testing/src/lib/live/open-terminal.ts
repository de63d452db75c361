import { DEFAULT_SIZE } from "@cassette/format/units";
import { openTerminal as openAnyTerminal } from "@cassette/terminal";
import { createEmulator, loadDriver } from "@cassette/terminal/parts";
import { artifactsFolder } from "../artifacts/keep-evidence.js";
import { keepSession } from "../artifacts/kept-session.js";
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
  const folder = artifactsFolder();
  const kept = folder === null ? null : keepSession(options.driver ?? (await loadDriver()), folder);
  const driver = kept?.driver ?? options.driver;
  const terminal = await openAnyTerminal({ ...options, driver, size, createDisplay: () => display });
  const close = async () => {
    try {
      await terminal.close();
    } finally {
      await kept?.settle(own);
    }
  };
  const own: Terminal = {
    ...terminal,
    async mark(label) {
      await terminal.mark(label);
      await log.mark(label);
    },
    ...createWaits(terminal, log, () => own),
    evidence: log.evidence,
    close,
    [Symbol.asyncDispose]: close,
  };
  return own;
}
