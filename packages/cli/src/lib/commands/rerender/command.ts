import { Command } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";

/** Declares `cassette rerender`. */
export function rerenderCommand({ streams, finish }: CommandContext): Command {
  return new Command("rerender")
    .description("derive the frames again with the installed emulator, and report what changes")
    .argument("<path...>", "cassettes, or folders of them")
    .option("-o, --output <dir>", "directory to create; without it, only report")
    .option("--json", "one JSON object per cassette")
    .option("--overwrite", "replace existing cassettes")
    .option("--rules <file>", "YAML or JSON rules for scrubbing; see `cassette scrub --help`")
    .addHelpText("after", EXAMPLES)
    .action(async (paths: string[], options) => {
      const { rerender } = await import("./rerender.js");
      finish(await rerender(paths, options, streams));
    });
}

const EXAMPLES = `
Prints \`same PATH FRAMES frames\` or \`changed PATH N of FRAMES frames, from
EMULATOR to EMULATOR\`, then a line for each changed screen: its record, time,
parts and rows. Without --output it exits with 1 if any changes.

One cassette becomes the directory --output; those of a folder keep their paths
below it. They keep their ids, are scrubbed again and verified. To only check
that frames belong to their emulator: \`cassette verify --rerender\`.

Examples:
  cassette rerender recordings/
  cassette rerender old.cassette -o new.cassette
  cassette rerender recordings/ -o rerendered/ > changes.txt`;
