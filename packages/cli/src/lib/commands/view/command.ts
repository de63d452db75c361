import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { parsing } from "../../commander/parsing.js";
import { parseTime } from "../../time-text.js";

/** Declares `cassette view`. */
export function viewCommand({ streams, finish }: CommandContext): Command {
  const time = (flags: string, description: string) =>
    new Option(flags, description).argParser(parsing(parseTime));
  return new Command("view")
    .description("look through a cassette in the browser")
    .argument("<dir>", "the cassette")
    .option("-o, --output <file>", "write the page here instead of opening it")
    .option("--overwrite", "replace an existing file")
    .option("--diff <dir>", "show where another cassette differs, side by side")
    .option("--evidence", "have the recording's own files in the page, to verify and save")
    .addOption(time("--from <time>", "start at this time, such as 12.5 or 1:30"))
    .addOption(time("--to <time>", "end at this time"))
    .option("--no-open", "make the page and print its path")
    .addOption(
      new Option("--data <file>", "write the data of a <cassette-player> instead").conflicts([
        "output",
        "diff",
        "evidence",
      ]),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, options) => {
      const { view } = await import("./view.js");
      finish(await view(dir, options, streams));
    });
}

const EXAMPLES = `
The page is one file that needs no network: a timeline, every screen, what was
typed, search over all screens. #t=12.5, #seq=42 or #mark=LABEL at the end of
its address opens it at that moment. ? in the page lists its keys.

Without --output the page goes into $XDG_CACHE_HOME/cassette/pages, which only
you can read, and its path is printed where there is no display.

Examples:
  cassette view demo.cassette
  cassette view demo.cassette --output demo.html --evidence
  cassette view before.cassette --diff after.cassette`;
