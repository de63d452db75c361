import { parseDuration, parseSearchPlaces, SEARCH_PLACES } from "../arguments.js";
import { Command, Option } from "./commander.js";
import type { CommandContext } from "./context.js";
import { parsing } from "./parsing.js";

/** Declares `cassette grep`. */
export function grepCommand({ streams, finish }: CommandContext): Command {
  return new Command("grep")
    .description("find every moment at which a text appears")
    .argument("<pattern>", "a regular expression, as in JavaScript; looked for in each row by itself")
    .argument("<path...>", "cassettes, or folders of them")
    .option("-F, --fixed-strings", "take the pattern as it stands")
    .option("-i, --ignore-case", "take large and small letters for the same")
    .addOption(
      new Option("--in <places>", "only there, separated by commas: screen, output, input, event")
        .argParser(parsing(parseSearchPlaces))
        .default(SEARCH_PLACES, "everywhere"),
    )
    .addOption(
      new Option("--stall <duration>", "give a cassette up after so long without headway")
        .argParser(parsing(parseDuration))
        .default(10_000, "10s"),
    )
    .option("--json", "one JSON object a moment")
    .addHelpText("after", EXAMPLES)
    .action(async (pattern: string, paths: string[], options) => {
      const { grep } = await import("../commands/grep.js");
      finish(await grep(pattern, paths, options, streams));
    });
}

const EXAMPLES = `
Prints \`TIME #SEQ screen ROW:COLUMN: TEXT\` where it appears on a screen, and
\`TIME #SEQ output: TEXT\` where it was printed but no screen showed it; likewise
what was typed, service events and the end. Exits with 1 if there is none.

Examples:
  cassette grep -i error recordings/
  cassette grep -F 'ready.' demo.cassette --in screen
  cassette grep 'ghp_\\w+' --json recordings/ | jq -r .path | sort -u`;
