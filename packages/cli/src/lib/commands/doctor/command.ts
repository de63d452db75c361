import { Command } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";

/** Declares `cassette doctor`. */
export function doctorCommand({ streams, finish }: CommandContext): Command {
  return new Command("doctor")
    .description("check whether this machine can record")
    .argument("[folders...]", "where to look for unfinished recordings; default: this folder")
    .option("--json", "one JSON object per check")
    .addHelpText("after", EXAMPLES)
    .action(async (folders: string[], options) => {
      const { doctor } = await import("./doctor.js");
      finish(await doctor(folders, options, streams));
    });
}

const EXAMPLES = `
Prints \`ok\`, \`note\` or \`bad\` for each check, with a remedy; exits with 3 if a
check is bad.

Examples:
  cassette doctor
  cassette doctor recordings/
  cassette doctor --json | jq -r 'select(.state != "ok") | .remedy // .what'`;
