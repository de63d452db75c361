import { parseSpeed } from "../arguments.js";
import { parseMoment } from "../moments.js";
import { Command, Option } from "./commander.js";
import type { CommandContext } from "./context.js";
import { parsing } from "./parsing.js";

/** Declares `cassette play`. */
export function playCommand({ streams, finish }: CommandContext): Command {
  const option = <T>(flags: string, description: string, parse: (text: string) => T) =>
    new Option(flags, description).argParser(parsing(parse));
  return new Command("play")
    .description("show a cassette's screens as they came")
    .argument("<dir>", "the cassette")
    .addOption(option("-s, --speed <factor>", "times as fast as recorded", parseSpeed).default(1))
    .option("-l, --loop", "start again at the end")
    .addOption(option("-i, --idle-time-limit <seconds>", "cut longer pauses to this", parseMoment))
    .option("-m, --pause-on-markers", "stop at each mark")
    .option("-r, --resize", "ask the terminal to be as large as the recorded one")
    .addOption(
      new Option("--mode <mode>", "how time passes; collapsed does not wait")
        .choices(["realtime", "scaled", "collapsed"])
        .default("realtime"),
    )
    .addOption(option("--from <time>", "begin there, such as 12.5 or 1:30", parseMoment))
    .addOption(option("--to <time>", "end there", parseMoment))
    .option("--raw", "pass the recorded bytes on to your terminal: only for recordings you trust")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, { idleTimeLimit: idleMs, ...options }) => {
      const { play } = await import("../commands/play.js");
      finish(await play(dir, { ...options, idleMs }, streams));
    });
}

const EXAMPLES = `
On a terminal it draws the screens anew, never the recorded bytes; into a pipe,
or on a terminal that draws nothing (TERM=dumb), it prints the last screen that
has anything on it, at once.

Keys: space pause; . , next and previous change; left right 5 s, with Shift a
      tenth; [ ] marks; 0-9 tenths; + - speed; / search, n again; ? help;
      q leave

Examples:
  cassette play demo.cassette
  cassette play demo.cassette -s 4 -i 2
  cassette play demo.cassette --from 1:30 --to 2:00 --loop`;
