import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";

/** Declares `cassette diff`. */
export function diffCommand({ streams, finish }: CommandContext): Command {
  return new Command("diff")
    .description("compare two recordings, regardless of their speed")
    .argument("<a>", "a cassette")
    .argument("<b>", "another cassette")
    .option("--exact", "compare clocks, durations and ids too")
    .addOption(
      new Option("--fail-on <grade>", "exit with 1 only for a difference of this grade or a higher one")
        .choices(["info", "warning", "error"])
        .default("info"),
    )
    .option("--json", "one JSON object per difference, with its grade")
    .addHelpText("after", EXAMPLES)
    .action(async (a: string, b: string, options) => {
      const { diff } = await import("./diff.js");
      finish(await diff(a, b, options, streams));
    });
}

const EXAMPLES = `
Compares the program and its terminal (from the manifests), the screen after
each input (text, styles, cursor, title), and the exit; never times, nor how the
output was split. - and + mark rows, ~ a row whose style differs. Exits with 0
if the recordings are the same, with 1 if they differ. A difference is graded
info (text, styles), warning (layout, a key, the program) or error (the exit).

Examples:
  cassette diff old.cassette new.cassette
  cassette diff --json old.cassette new.cassette | jq -r .kind | sort | uniq -c`;
