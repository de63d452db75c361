import { parseEmulatorIdentity } from "../../arguments.js";
import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { parsing } from "../../commander/parsing.js";

/** Declares `cassette verify`. */
export function verifyCommand({ streams, finish }: CommandContext): Command {
  return new Command("verify")
    .description("check that cassettes are complete and unchanged")
    .argument("<path...>", "cassettes, or folders of them")
    .option("--json", "one JSON object per cassette")
    .option("--expect-id <id>", "require this id")
    .option("--expect-sha256 <digest>", "require this digest of output.raw")
    .addOption(
      new Option("--require-emulator <name@version>", "require frames of this emulator").argParser(
        parsing(parseEmulatorIdentity),
      ),
    )
    .option("--require-integrity", "require digests of every file, not only of output.raw")
    .option("--rerender", "re-render the frames and compare")
    .addHelpText("after", EXAMPLES)
    .action(async (paths: string[], options) => {
      const { verify } = await import("./verify.js");
      finish(await verify(paths, options, streams));
    });
}

const EXAMPLES = `
Prints \`ok PATH ID EVENTS BYTES\` or \`bad PATH CODE FILE:LINE SENTENCE\` per
cassette; exits with 1 if any is bad.

Examples:
  cassette verify recordings/
  cassette verify demo.cassette --require-integrity --rerender
  cassette verify --json recordings/ | jq -r 'select(.ok | not) | .path'`;
