import { parseDuration } from "@cassette/format/units";
import { parseSpeed, parseTimeout } from "../../arguments.js";
import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { parsing } from "../../commander/parsing.js";
import { STUB_TIMEOUT_MS } from "../../stub-timeout.js";

/** Declares `cassette stub` and `cassette stub install`. */
export function stubCommand({ argv, streams, finish }: CommandContext): Command {
  const install = new Command("install")
    .description("write an executable that stands in for a program, for PATH")
    .argument("<dir...>", "the cassettes; the executable plays the one recorded with its arguments")
    .requiredOption("--name <name>", "the program's name")
    .requiredOption("--to <dir>", "directory for the executable")
    .addHelpText("after", INSTALL_EXAMPLES)
    .action(async (dirs: string[], options) => {
      const { installStub } = await import("./install-stub.js");
      finish(await installStub(dirs, options, streams));
    });
  const check = new Command("check")
    .description("report the recordings of installed stubs that were never played")
    .argument("<dir>", "the directory of the executables")
    .option("--json", "one JSON object per recording")
    .addHelpText("after", CHECK_EXAMPLES)
    .action(async (dir: string, options) => {
      const { checkStubs } = await import("./check-stubs.js");
      finish(checkStubs(dir, options, streams));
    });
  return new Command("stub")
    .description("stand in for the recorded program")
    .usage("[options] <dir...> [-- args...] | install … | check …")
    .argument("<dir...>", "the cassette; of several, the one that was recorded with the arguments after `--`")
    .addOption(
      new Option("--mode <mode>", "timing").choices(["collapsed", "realtime", "scaled"]).default("collapsed"),
    )
    .addOption(
      new Option("--scale <factor>", "slow down by this factor, with --mode scaled")
        .argParser(parsing(parseSpeed))
        .default(1),
    )
    .addOption(
      new Option("--timeout <duration>", "time limit for each input; 0 for none")
        .argParser(parsing((text) => (parseDuration(text) === 0 ? 0 : parseTimeout(text))))
        .default(STUB_TIMEOUT_MS, "60s"),
    )
    .option("--normalise", "ignore differences of line ends, pastes and volatile values")
    .addOption(
      new Option("--resizes <effect>", "wait for recorded resizes of the terminal, or ignore them")
        .choices(["wait", "ignore"])
        .default("ignore"),
    )
    .addOption(
      new Option("--when-stale <effect>", "with one recording and other arguments than its own")
        .choices(["warn", "fail"])
        .default("fail"),
    )
    .option(
      "--report <file>",
      "where to report a failure: a path or a file descriptor (default: $CASSETTE_STUB_REPORT, else standard error unless it is a terminal)",
    )
    .addHelpText("after", EXAMPLES)
    .addCommand(install)
    .addCommand(check)
    .action(async (operands: string[], options) => {
      const { stub } = await import("./stub.js");
      const separator = argv.indexOf("--");
      const count = separator === -1 ? operands.length : operands.length - (argv.length - separator - 1);
      const args = separator === -1 ? null : operands.slice(count);
      finish(await stub(operands.slice(0, count), args, options));
    });
}

const INSTALL_EXAMPLES = `
The executable behaves like \`cassette stub\` without options; set
$CASSETTE_STUB_REPORT to the file that receives the report of a failure.

Examples:
  cassette stub install session.cassette --name vim --to ./bin
  cassette stub install claude-*.cassette --name claude --to ./bin`;

const CHECK_EXAMPLES = `
Installing starts the count. Exits with 1 if a recording was never played.

Example:
  cassette stub check ./bin`;

const EXAMPLES = `
Prints the recorded output up to the next recorded input, waits for that input,
continues, and ends as the program did. If the input differs, is missing or
continues after the last recorded one, or no recording has the arguments, it
exits with 86 and writes a report, never to the terminal.

Examples:
  cassette stub session.cassette
  cassette stub install claude-*.cassette --name claude --to ./bin
  PATH="$PWD/bin:$PATH" CASSETTE_STUB_REPORT=stub.json npm test`;
