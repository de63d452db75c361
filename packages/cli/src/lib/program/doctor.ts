import { Command } from "./commander.js";
import type { CommandContext } from "./context.js";

/** Declares `cassette doctor`. */
export function doctorCommand({ streams, finish }: CommandContext): Command {
  return new Command("doctor")
    .description("check what recording needs on this machine")
    .argument("[folders...]", "where to look for unfinished recordings; default: this folder")
    .option("--json", "one JSON object a check")
    .addHelpText("after", EXAMPLES)
    .action(async (folders: string[], options) => {
      const { doctor } = await import("../commands/doctor.js");
      finish(await doctor(folders, options, streams));
    });
}

const EXAMPLES = `
Prints \`ok\`, \`note\` or \`bad\` a check, with what to do about it; exits with 3 if
something is bad.

Examples:
  cassette doctor
  cassette doctor recordings/
  cassette doctor --json | jq -r 'select(.state != "ok") | .remedy // .what'`;
