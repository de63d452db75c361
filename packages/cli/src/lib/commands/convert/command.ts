import { parseWindowSize } from "@cassette/format/units";
import { parseSpeed } from "../../arguments.js";
import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { collect, parsing } from "../../commander/parsing.js";
import { parseTime } from "../../time-text.js";
import { ENDINGS, FORMATS } from "./formats.js";
import { parseCount, parsePixels, parseRange, parseRate } from "./picture-arguments.js";

/** Declares `cassette convert`. */
export function convertCommand({ streams, finish }: CommandContext): Command {
  const option = <T>(flags: string, description: string, parse: (text: string) => T) =>
    new Option(flags, description).argParser(parsing(parse));
  return new Command("convert")
    .description("make a picture, a page, a text or another tool's recording, or a cassette of that")
    .argument(
      "<source>",
      "a cassette, or a recording of asciinema, ttyrec, script, sudo, tlog or ptywright; - is standard input",
    )
    .argument("<out>", `what to make; its ending says what it is: ${ENDINGS.join(" ")}; - is standard output`)
    .addOption(new Option("-f, --format <format>", "what to make, whatever the ending").choices(FORMATS))
    .option("--overwrite", "replace an existing file or cassette")
    .addOption(option("--at <time>", "the screen at this time, such as 12.5 or 1:30", parseTime))
    .addOption(new Option("--last", "the last screen with text").conflicts("at"))
    .addOption(new Option("--mark <label>", "the screen at this mark").conflicts(["at", "last"]))
    .addOption(option("--from <time>", "start at this time", parseTime))
    .addOption(option("--to <time>", "end at this time", parseTime))
    .addOption(option("-s, --speed <factor>", "playback speed", parseSpeed).default(1))
    .addOption(
      option(
        "-i, --max-idle <time>",
        "cut longer pauses to this (default: the recording's own limit, or 3)",
        parseTime,
      ),
    )
    .addOption(option("--fps <rate>", "screens a second at most", parseRate).default(10))
    .addOption(option("--loop <times>", "times to play (default: for ever)", parseCount))
    .option("--theme <theme>", "colours: a name, a file of another terminal's, or auto (SVG only)", "dark")
    .option("--font <file>", "a TrueType or OpenType font for PNG and GIF; may be repeated", collect)
    .addOption(option("--font-size <pixels>", "height of the text (default: 15)", parsePixels))
    .addOption(option("--padding <pixels>", "space around the screen (default: the font size)", parsePixels))
    .option("--window", "draw a bar with the title")
    .option("--title <text>", "title (default: the one that the program set)")
    .option("--no-cursor", "do not draw the cursor")
    .addOption(option("--rows <first-last>", "only these rows, such as 1-10", parseRange))
    .addOption(option("--cols <first-last>", "only these columns", parseRange))
    .addOption(
      new Option("--source-format <format>", "format of the source, whatever its name and contents").choices(
        SOURCE_FORMATS,
      ),
    )
    .option("--timing <file>", "the timing of a source of script(1)")
    .addOption(
      option(
        "--window-size <colsxrows>",
        "the terminal's size, where the source does not say it",
        parseWindowSize,
      ),
    )
    .option("--input", "write what was typed to another tool's recording, too")
    .option("--report <file>", "write what the conversion loses as JSON")
    .option("--strict", "make nothing if anything is lost")
    .option("--rules <file>", "YAML or JSON rules for a new cassette (see `cassette scrub --help`)")
    .option("--no-scrub", "do not mask secrets in a new cassette; its scrub report says so")
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES)
    .action(async (source: string, out: string, options) => {
      const { convert } = await import("./convert.js");
      finish(await convert(source, out, options, streams));
    });
}

const SOURCE_FORMATS = [
  ...["asciicast-v1", "asciicast-v2", "asciicast-v3", "ttyrec", "typescript"],
  ...["sudo", "tlog", "ptywright"],
];

const EXAMPLES = `
A new cassette is scrubbed, its frames are derived, and it is verified, as after
a recording. What the source does not say, such as the exit, is left out. What a
conversion loses is printed and counted. .cast is asciicast v2, which every
asciinema plays; --format asciicast-v3 has the exit, too. A typescript is two
files: NAME.typescript and NAME.timing.

An SVG moves, unless --at, --last or --mark chooses one screen; a GIF always
moves. PNG and text are one screen, by default the last with text. The text of
an SVG can be selected and searched; it plays in the <img> of a README.

Themes: dark, light, xterm, dracula, nord, solarized-dark, solarized-light,
gruvbox-dark, gruvbox-light, one-dark, monokai, tokyo-night, github-dark,
github-light; or a file: asciinema or Windows Terminal (JSON), .itermcolors,
kitty or ghostty (.conf). auto is light or dark as the reader's system is.

Examples:
  cassette convert demo.cassette demo.svg --window
  cassette convert demo.cassette demo.gif --speed 2 --max-idle 1
  cassette convert demo.cassette screen.png --at 12.5 --font-size 28
  cassette convert demo.cassette - --format ansi --last
  cassette convert demo.cast demo.cassette
  cassette convert demo.cassette demo.cast --input --report losses.json
  cassette convert session.log session.cassette --timing session.tm`;
