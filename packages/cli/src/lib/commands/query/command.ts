import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";

/** Declares `cassette query`. */
export function queryCommand({ streams, finish }: CommandContext): Command {
  return new Command("query")
    .description("search the tables of many recordings with SQL")
    .usage("[options] <sql> <tables>\n       cassette query --named <query> <tables>")
    .argument("<sql-or-tables>", "one SELECT statement; left out with --named")
    .argument("[tables]", "folder that `cassette index` wrote")
    .option("--named <query>", "run a ready query; `help` lists them")
    .addOption(
      new Option("--format <format>", "how to print rows").choices(["table", "csv", "json"]).default("table"),
    )
    .option("--json", "the same as --format json: one JSON object per row")
    .addHelpText("after", EXAMPLES)
    .action(async (first: string, second: string | undefined, options) => {
      const { query } = await import("./query.js");
      finish(await query(first, second, options, streams));
    });
}

const EXAMPLES = `
Views: recordings, inputs, screens, texts, service_events, marks, findings,
removals. The query reads these tables and nothing else, and writes nothing.

Examples:
  cassette query "SELECT path FROM recordings WHERE exit_code <> 0" tables/
  cassette query --named failing-inputs tables/ --json
  cassette query --named help tables/`;
