import { parseSpeed } from "../../arguments.js";
import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { parsing } from "../../commander/parsing.js";
import { parseTime } from "../../time-text.js";

/** Declares `cassette play`. */
export function playCommand({ streams, finish }: CommandContext): Command {
  const option = <T>(flags: string, description: string, parse: (text: string) => T) =>
    new Option(flags, description).argParser(parsing(parse));
  return new Command("play")
    .description("replay a cassette's screens")
    .argument("<dir>", "the cassette")
    .addOption(option("-s, --speed <factor>", "playback speed", parseSpeed).default(1))
    .option("-l, --loop", "start again at the end")
    .addOption(option("-i, --idle-time-limit <seconds>", "cut longer pauses to this", parseTime))
    .option("-m, --pause-on-marks", "pause at each mark")
    .option("-r, --resize", "resize the terminal to the recorded size")
    .addOption(
      new Option("--mode <mode>", "timing: realtime, scaled, or collapsed (no waiting)")
        .choices(["realtime", "scaled", "collapsed"])
        .default("realtime"),
    )
    .addOption(option("--from <time>", "start at this time, such as 12.5 or 1:30", parseTime))
    .addOption(option("--to <time>", "end at this time", parseTime))
    .option("--raw", "write the recorded bytes to your terminal; only for recordings you trust")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, { idleTimeLimit: idleMs, ...options }) => {
      const { play } = await import("./play.js");
      finish(await play(dir, { ...options, idleMs }, streams));
    });
}

const EXAMPLES = `
On a terminal, screens are drawn; the recorded bytes never reach it. In a pipe,
or with TERM=dumb, the last screen that is not empty is printed at once.

Keys: space pause; . , next and previous change; left right 5 s, with Shift
      10 %; [ ] marks; 0-9 tenths; + - speed; / search, n again; ? help; q quit

Examples:
  cassette play demo.cassette
  cassette play demo.cassette -s 4 -i 2
  cassette play demo.cassette --from 1:30 --to 2:00 --loop`;
