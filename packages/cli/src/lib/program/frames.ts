import { Command } from "./commander.js";
import type { CommandContext } from "./context.js";

/** Declares `cassette frames`. */
export function framesCommand({ streams, finish }: CommandContext): Command {
  return new Command("frames")
    .description("show the recorded screens")
    .argument("<dir>", "the cassette")
    .option("--last", "only the last one")
    .option("--json", "the records as they are stored, one a line")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, options) => {
      const { frames } = await import("../commands/frames.js");
      finish(await frames(dir, options, streams));
    });
}

const EXAMPLES = `
Examples:
  cassette frames demo.cassette --last
  cassette frames demo.cassette --json | jq -r '.text[0]'`;
