import { Command } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";

/** Declares `cassette info`. */
export function infoCommand({ streams, finish }: CommandContext): Command {
  return new Command("info")
    .description("summarise a cassette")
    .argument("<dir>", "the cassette")
    .option("--json", "print a JSON object")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, options) => {
      const { info } = await import("./info.js");
      finish(await info(dir, options, streams));
    });
}

const EXAMPLES = `
Examples:
  cassette info demo.cassette
  cassette info demo.cassette --json | jq .exit`;
