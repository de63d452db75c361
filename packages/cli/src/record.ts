import { recordCommand } from "./lib/commands/record/command.js";
import type { Streams } from "./lib/output/report-error.js";
import { runCommand } from "./lib/program/run-command.js";

/** `cassette record` without the other commands, as {@link runCommand}. */
export function run(argv: readonly string[], streams: Streams): Promise<number> {
  return runCommand(argv, streams, [{ names: ["record", "rec"], load: async () => recordCommand }]);
}
