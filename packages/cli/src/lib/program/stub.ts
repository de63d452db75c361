import { parseSpeed } from "../arguments.js";
import { parseMoment } from "../moments.js";
import { Command, Option } from "./commander.js";
import type { CommandContext } from "./context.js";
import { parsing } from "./parsing.js";

const REPORT = "where a wrong drive is told of: a file, or fd:N; standard error unless it is a terminal";

/** Declares `cassette stub` and `cassette stub install`. */
export function stubCommand({ argv, streams, finish }: CommandContext): Command {
  const install = new Command("install")
    .description("write an executable that stands in for the recorded program")
    .argument("<dir...>", "cassettes; of several the one recorded with the same arguments is taken")
    .requiredOption("--name <name>", "the program's name")
    .requiredOption("--to <folder>", "where it goes; put that on PATH")
    .option("--report <where>", REPORT)
    .action(async (dirs: string[], options) => {
      const { stubInstall } = await import("../commands/stub-install.js");
      finish(await stubInstall(dirs, options, streams));
    });
  return new Command("stub")
    .description("behave as the recorded program")
    .argument("<dir...>", "the cassette; of several the one recorded with the arguments after `--`")
    .addOption(
      new Option("--mode <mode>", "how time passes before output")
        .choices(["collapsed", "realtime", "scaled"] as const)
        .default("collapsed" as const),
    )
    .addOption(
      new Option("--scale <factor>", "times as slow, for scaled").argParser(parsing(parseSpeed)).default(1),
    )
    .addOption(
      new Option("--compare <how>", "how input is compared; normalised: line ends, what changes, pastes")
        .choices(["exact", "normalised"] as const)
        .default("exact" as const),
    )
    .addOption(
      new Option("--timeout <seconds>", "how long the driver may be silent")
        .argParser(parsing(parseMoment))
        .default(60_000, "60"),
    )
    .option("--report <where>", REPORT)
    .addHelpText("after", EXAMPLES)
    .addCommand(install)
    .action(async (words: string[], options) => {
      const dashes = argv.indexOf("--");
      const args = dashes === -1 ? [] : argv.slice(dashes + 1);
      const { stub } = await import("../commands/stub.js");
      finish(await stub(words.slice(0, words.length - args.length), args, options));
    });
}

const EXAMPLES = `
Exits as the recorded program did; with 86 when it is driven otherwise than was recorded.

Examples:
  cassette stub demo.cassette
  cassette stub install claude.cassette --name claude --to ./bin`;
