import { parseDuration, parseWindowSize } from "../arguments.js";
import { Command, Option } from "./commander.js";
import type { CommandContext } from "./context.js";
import { parsing } from "./parsing.js";

/** Declares `cassette record`. */
export function recordCommand({ streams, finish }: CommandContext): Command {
  return new Command("record")
    .alias("rec")
    .description("record a program under a pseudo-terminal of its own")
    .argument("<dir>", "directory to make; must not exist")
    .argument("<command...>", "the program and its arguments, after `--`")
    .option("--script <file>", "YAML or JSON steps that type, press and wait")
    .addOption(
      new Option("--window-size <colsxrows>", "size of the terminal (default: 80x24)").argParser(
        parsing(parseWindowSize),
      ),
    )
    .addOption(
      new Option("--timeout <duration>", "end the program after this long").argParser(parsing(parseDuration)),
    )
    .option("--headless", "let nobody type, although there is a terminal")
    .option("--mark-key <key>", "the key that makes a mark, or `none`", "Ctrl+\\")
    .option("--overwrite", "replace an existing cassette")
    .option("--return", "exit with the program's status")
    .option(
      "--rules <file>",
      "YAML or JSON: what else to look for, and what to leave (`cassette scrub --help`)",
    )
    .option("--no-scrub", "leave secrets where they are; the report says so")
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, command: string[], options) => {
      const { record } = await import("../commands/record.js");
      finish(await record(dir, command as [string, ...string[]], options, streams));
    });
}

const EXAMPLES = `
On a terminal you use the program as ever, in a window of the same size; keys, output and resizes pass through. Without
a terminal, or with --headless, nobody types but a script. The exit status is 0 whatever the
program's, unless --return is given.

When the program has ended the recording is sealed: secrets are masked, frames derived from what is left, all of it scanned
once more. What is typed at a password prompt is never recorded. Review a recording all the same before you publish it.

Examples:
  cassette record ls.cassette -- ls -la --color=always
  cassette record less.cassette --script less.yaml -- less README.md

A script is a list of steps:
  - wait: README
  - press: [Space, Space]
  - type: q`;
