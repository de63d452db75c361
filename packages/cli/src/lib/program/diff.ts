import { Command } from "./commander.js";
import type { CommandContext } from "./context.js";

/** Declares `cassette diff`. */
export function diffCommand({ streams, finish }: CommandContext): Command {
  return new Command("diff")
    .description("compare what two recorded programs did, whatever their speed")
    .argument("<a>", "a cassette")
    .argument("<b>", "another")
    .option("--exact", "compare clocks, durations and ids too")
    .option("--json", "one JSON object a difference")
    .addHelpText("after", EXAMPLES)
    .action(async (a: string, b: string, options) => {
      const { diff } = await import("../commands/diff.js");
      finish(await diff(a, b, options, streams));
    });
}

const EXAMPLES = `
Compares the program and its terminal as the manifests have them, what the
screen became after each input (text, styles, cursor, title), and how it ended;
never times, nor how output was cut. - and + are rows, ~ a row of another
style. Exits with 0 if they are the same, 1 if they differ.

Examples:
  cassette diff old.cassette new.cassette
  cassette diff --json old.cassette new.cassette | jq -r .kind | sort | uniq -c`;
