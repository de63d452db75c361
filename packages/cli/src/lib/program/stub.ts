import { parseDuration, parseSpeed, parseTimeout } from "../arguments.js";
import { STUB_TIMEOUT_MS } from "../stub-timeout.js";
import { Command, Option } from "./commander.js";
import type { CommandContext } from "./context.js";
import { parsing } from "./parsing.js";

/** Declares `cassette stub` and `cassette stub install`. */
export function stubCommand({ argv, streams, finish }: CommandContext): Command {
  const install = new Command("install")
    .description("write an executable that stands in for a program, for PATH")
    .argument(
      "<dir...>",
      "the cassettes; the one is played that was recorded with the arguments it is called with",
    )
    .requiredOption("--name <name>", "the program's name")
    .requiredOption("--to <dir>", "where the executable goes")
    .addHelpText("after", INSTALL_EXAMPLES)
    .action(async (dirs: string[], options) => {
      const { installStub } = await import("../commands/stub-install.js");
      finish(await installStub(dirs, options, streams));
    });
  return new Command("stub")
    .description("behave as the recorded program, with no program there")
    .usage("[options] <dir> | <dir...> -- [arguments...] | install …")
    .argument(
      "<dir...>",
      "the cassette; of several, behind `--`, the one that was recorded with these arguments",
    )
    .addOption(
      new Option("--mode <mode>", "how time passes")
        .choices(["collapsed", "realtime", "scaled"])
        .default("collapsed"),
    )
    .addOption(
      new Option("--scale <factor>", "times as slow as recorded, with --mode scaled")
        .argParser(parsing(parseSpeed))
        .default(1),
    )
    .addOption(
      new Option("--timeout <duration>", "wait no longer for an input; 0 waits for ever")
        .argParser(parsing((text) => (parseDuration(text) === 0 ? 0 : parseTimeout(text))))
        .default(STUB_TIMEOUT_MS, "60s"),
    )
    .option(
      "--normalise",
      "compare what was meant: line ends, pastes and values that change count as the same",
    )
    .option(
      "--report <file>",
      "where a failure is reported: a path or a descriptor (default: $CASSETTE_STUB_REPORT, else standard error unless it is a terminal)",
    )
    .addHelpText("after", EXAMPLES)
    .addCommand(install)
    .action(async (operands: string[], options) => {
      const { stub } = await import("../commands/stub.js");
      const separator = argv.indexOf("--");
      const count = separator === -1 ? operands.length : operands.length - (argv.length - separator - 1);
      const args = separator === -1 ? null : operands.slice(count);
      finish(await stub(operands.slice(0, count), args, options));
    });
}

const INSTALL_EXAMPLES = `
The executable does what \`cassette stub\` does without options;
$CASSETTE_STUB_REPORT says where a failure is reported.

Examples:
  cassette stub install session.cassette --name vim --to ./bin
  cassette stub install claude-*.cassette --name claude --to ./bin`;

const EXAMPLES = `
Prints what was recorded up to the next recorded input, waits until that has
arrived, goes on, and ends as the program did. Exits with 86 when what is typed
differs, is missing or is too much, and writes a report, never to the terminal.

Examples:
  cassette stub session.cassette
  cassette stub install claude-*.cassette --name claude --to ./bin
  PATH="$PWD/bin:$PATH" CASSETTE_STUB_REPORT=stub.json npm test`;
