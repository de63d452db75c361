import type { Streams } from "./lib/output/report-error.js";
import { COMMANDS } from "./lib/program/commands.js";
import { runCommand } from "./lib/program/run-command.js";

/** The command, as {@link runCommand}. */
export function run(argv: readonly string[], streams: Streams): Promise<number> {
  return runCommand(argv, streams, COMMANDS);
}
