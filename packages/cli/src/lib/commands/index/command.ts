import { parseShard } from "../../arguments.js";
import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { parsing } from "../../commander/parsing.js";

/** Declares `cassette index`. */
export function indexCommand({ streams, finish }: CommandContext): Command {
  return new Command("index")
    .description("write recordings into Parquet tables")
    .argument("<path...>", "cassettes, archives, folders of both, or URLs of archives")
    .requiredOption("-o, --output <dir>", "folder of the tables; made if it is missing")
    .addOption(
      new Option("--shard <i/n>", "index only the i-th of n parts of the recordings").argParser(
        parsing(parseShard),
      ),
    )
    .option("--include-unscrubbed", "index recordings that were not scrubbed, too")
    .addHelpText("after", EXAMPLES)
    .action(async (paths: string[], options) => {
      const { index } = await import("./index.js");
      finish(await index(paths, options, streams));
    });
}

const EXAMPLES = `
Reads only what is new or has changed. Prints what was done; exits with 1 if a
recording was refused. Ctrl-C keeps what is indexed.

Examples:
  cassette index recordings/ -o tables/
  cassette index recordings/ -o tables/ --shard 3/8
  cassette query --named failing-inputs tables/`;
