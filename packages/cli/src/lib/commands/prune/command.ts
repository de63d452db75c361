import { parseDuration } from "@cassette/format/units";
import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { parsing } from "../../commander/parsing.js";

/** Declares `cassette prune`. */
export function pruneCommand({ streams, finish }: CommandContext): Command {
  return new Command("prune")
    .description("delete old recordings that are in the tables")
    .argument("<tables>", "folder that `cassette index` wrote")
    .requiredOption("--root <dir>", "delete only recordings below this folder")
    .addOption(
      new Option("--older-than <duration>", "delete recordings made at least this long ago, such as 90d")
        .argParser(parsing(parseDuration))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--keep <what>", "keep recordings whose program failed or whose exit is unknown").choices([
        "failing",
      ]),
    )
    .option("--yes", "delete; without it, only print what would be deleted")
    .addHelpText("after", EXAMPLES)
    .action(async (tables: string, options) => {
      const { prune } = await import("./prune.js");
      finish(await prune(tables, options, streams));
    });
}

const EXAMPLES = `
Deletes only what verifies with the id and digests of its row, follows no link,
and notes each recording in the table \`removals\`.

Examples:
  cassette prune tables/ --root recordings/ --older-than 90d --keep failing
  cassette prune tables/ --root recordings/ --older-than 90d --yes`;
