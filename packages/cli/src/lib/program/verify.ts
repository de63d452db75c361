import { Command } from "./commander.js";
import type { CommandContext } from "./context.js";

/** Declares `cassette verify`. */
export function verifyCommand({ streams, finish }: CommandContext): Command {
  return new Command("verify")
    .description("check that cassettes are whole and unchanged")
    .argument("<dir...>", "the cassettes")
    .option("--json", "one JSON object a cassette")
    .addHelpText("after", EXAMPLES)
    .action(async (dirs: string[], options) => {
      const { verify } = await import("../commands/verify.js");
      finish(await verify(dirs, options, streams));
    });
}

const EXAMPLES = `
Prints \`ok PATH ID EVENTS BYTES\` or \`bad PATH CODE FILE:LINE SENTENCE\` a cassette; exits with 1 if any is bad.

Example:
  cassette verify recordings/*.cassette`;
