import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { parsing } from "../../commander/parsing.js";
import { parseTime } from "../../time-text.js";
import { parsePlace, parseSpeed } from "./cut-arguments.js";

/** Declares `cassette trim`. */
export function trimCommand({ streams, finish }: CommandContext): Command {
  return new Command("trim")
    .description("cut a part out of a cassette, or shorten its pauses")
    .argument("<dir>", "the cassette")
    .requiredOption("-o, --output <dir>", "directory to create")
    .addOption(new Option("--from <place>", "the first thing to keep").argParser(parsing(parsePlace)))
    .addOption(new Option("--to <place>", "the last thing to keep").argParser(parsing(parsePlace)))
    .addOption(
      new Option("--max-idle <time>", "shorten longer pauses to this, such as 2s").argParser(
        parsing(parseTime),
      ),
    )
    .addOption(
      new Option("--speed <factor>", "make everything faster, such as 2").argParser(parsing(parseSpeed)),
    )
    .option("--overwrite", "replace an existing cassette")
    .option("--rules <file>", "YAML or JSON rules for scrubbing; see `cassette scrub --help`")
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, options) => {
      const { trim } = await import("./trim.js");
      finish(await trim(dir, options, streams));
    });
}

const EXAMPLES = `
A place is a time (12.5, 1:30), seq=N, mark=LABEL, or input=N: the Nth thing
that was typed. The new cassette begins with the screen, the cursor and the
modes of that moment, and its times begin at 0. It is scrubbed and verified like
any other. Inputs before --from are gone: such a cassette cannot be a stub.

Examples:
  cassette trim demo.cassette -o short.cassette --from 12.5 --to mark=done
  cassette trim demo.cassette -o brisk.cassette --max-idle 2s --speed 1.5`;
