import { Command } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";

/** Declares `cassette join`. */
export function joinCommand({ streams, finish }: CommandContext): Command {
  return new Command("join")
    .description("make one cassette of several, one after the other")
    .argument("<dir...>", "the cassettes, in their order")
    .requiredOption("-o, --output <dir>", "directory to create")
    .option("--overwrite", "replace an existing cassette")
    .option("--rules <file>", "YAML or JSON rules for scrubbing; see `cassette scrub --help`")
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES)
    .action(async (dirs: string[], options) => {
      const { join } = await import("./join.js");
      finish(await join(dirs, options, streams));
    });
}

const EXAMPLES = `
Each part begins when the one before it ends, on a terminal like a new one; a
mark says how that one ended. Another size becomes a resize. Inputs, marks and
service events keep their order. Program and facts are those of the first part,
the exit is that of the last one. The new cassette is scrubbed and verified like
any other.

Examples:
  cassette join setup.cassette demo.cassette -o whole.cassette
  cassette join part-*.cassette -o whole.cassette --overwrite`;
