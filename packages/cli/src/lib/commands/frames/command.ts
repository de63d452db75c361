import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { parsing } from "../../commander/parsing.js";
import { parseTime } from "../../time-text.js";

/** Declares `cassette frames`. */
export function framesCommand({ streams, finish }: CommandContext): Command {
  return new Command("frames")
    .description("print the recorded frames")
    .argument("<dir>", "the cassette")
    .option("--last", "only the last frame")
    .addOption(
      new Option("--at <time>", "only the frame shown at this time, such as 12.5 or 1:30")
        .argParser(parsing(parseTime))
        .conflicts("last"),
    )
    .addOption(new Option("--json", "print the stored records, one per line").conflicts("svg"))
    .option("--svg", "print one frame as a picture; with --at or --last")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, options) => {
      const { frames } = await import("./frames.js");
      finish(await frames(dir, options, streams));
    });
}

const EXAMPLES = `
Examples:
  cassette frames demo.cassette --last
  cassette frames demo.cassette --at 1:30
  cassette frames demo.cassette --at 1:30 --svg > demo.svg
  cassette frames demo.cassette --json | jq -r '.text[0]'`;
