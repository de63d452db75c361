import { parseDuration } from "@cassette/format/units";
import { parseSearchPlaces, SEARCH_PLACES } from "../../arguments.js";
import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { parsing } from "../../commander/parsing.js";

/** Declares `cassette grep`. */
export function grepCommand({ streams, finish }: CommandContext): Command {
  return new Command("grep")
    .description("find every moment at which text appears")
    .argument("<pattern>", "a JavaScript regular expression, matched within one row")
    .argument("<path...>", "cassettes, or folders of them")
    .option("-F, --fixed-strings", "search for the pattern literally")
    .option("-i, --ignore-case", "ignore case")
    .addOption(
      new Option("--in <places>", "where to search: screen, output, input, event; separated by commas")
        .argParser(parsing(parseSearchPlaces))
        .default(SEARCH_PLACES, "everywhere"),
    )
    .addOption(
      new Option("--stall <duration>", "give up on a cassette after this long without progress")
        .argParser(parsing(parseDuration))
        .default(10_000, "10s"),
    )
    .option("--index <tables>", "use the tables of `cassette index` (default: a folder `tables` in a path)")
    .option("--no-index", "search every recording")
    .option("--json", "one JSON object per match")
    .addHelpText("after", EXAMPLES)
    .action(async (pattern: string, paths: string[], options) => {
      const { grep } = await import("./grep.js");
      finish(await grep(pattern, paths, options, streams));
    });
}

const EXAMPLES = `
Prints \`TIME #SEQ screen ROW:COLUMN: TEXT\` for a match on a screen, and
\`TIME #SEQ output: TEXT\` for one in the output that no screen showed; likewise
for input, service events and the final record. Exits with 1 if there is none.

Examples:
  cassette grep -i error recordings/
  cassette grep -F 'ready.' demo.cassette --in screen
  cassette grep 'ghp_\\w+' --json recordings/ | jq -r .path | sort -u`;
