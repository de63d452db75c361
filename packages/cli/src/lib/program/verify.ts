import { parseEmulatorIdentity } from "../arguments.js";
import { Command, Option } from "./commander.js";
import type { CommandContext } from "./context.js";
import { parsing } from "./parsing.js";

/** Declares `cassette verify`. */
export function verifyCommand({ streams, finish }: CommandContext): Command {
  return new Command("verify")
    .description("check that cassettes are whole and unchanged")
    .argument("<path...>", "cassettes, or folders of them")
    .option("--json", "one JSON object a cassette")
    .option("--expect-id <id>", "be this recording")
    .option("--expect-sha256 <digest>", "have this digest of output.raw")
    .addOption(
      new Option("--require-emulator <name@version>", "have frames by this emulator").argParser(
        parsing(parseEmulatorIdentity),
      ),
    )
    .option("--require-integrity", "vouch for every file, not for output.raw alone")
    .option("--rerender", "derive the frames again and compare")
    .addHelpText("after", EXAMPLES)
    .action(async (paths: string[], options) => {
      const { verify } = await import("../commands/verify.js");
      finish(await verify(paths, options, streams));
    });
}

const EXAMPLES = `
Prints \`ok PATH ID EVENTS BYTES\` or \`bad PATH CODE FILE:LINE SENTENCE\` a
cassette; exits with 1 if any is bad.

Examples:
  cassette verify recordings/
  cassette verify demo.cassette --require-integrity --rerender
  cassette verify --json recordings/ | jq -r 'select(.ok | not) | .path'`;
