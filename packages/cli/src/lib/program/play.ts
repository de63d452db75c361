import { parseSpeed } from "../arguments.js";
import { Command, Option } from "./commander.js";
import type { CommandContext } from "./context.js";
import { parsing } from "./parsing.js";

/** Declares `cassette play`. */
export function playCommand({ streams, finish }: CommandContext): Command {
  return new Command("play")
    .description("show a cassette's screens as they came")
    .argument("<dir>", "the cassette")
    .addOption(
      new Option("--mode <mode>", "how time passes").choices(["realtime", "collapsed"]).default("realtime"),
    )
    .addOption(
      new Option("-s, --speed <factor>", "times as fast as recorded")
        .argParser(parsing(parseSpeed))
        .default(1),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, options) => {
      const { play } = await import("../commands/play.js");
      finish(await play(dir, options, streams));
    });
}

const EXAMPLES = `
On a terminal it paints the screens, drawn anew and never the recorded bytes; into a pipe it prints the last screen.

Examples:
  cassette play demo.cassette
  cassette play demo.cassette -s 4
  cassette play demo.cassette --mode collapsed`;
