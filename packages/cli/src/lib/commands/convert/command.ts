import { parseWindowSize } from "@cassette/format/units";
import { parseSpeed } from "../../arguments.js";
import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { collect, parsing } from "../../commander/parsing.js";
import { parseTime } from "../../time-text.js";
import { ENDINGS, FORMATS } from "./formats.js";
import { parseCount, parseLevel, parsePixels, parseRange, parseRate } from "./picture-arguments.js";

/** Declares `cassette convert`. */
export function convertCommand({ streams, finish }: CommandContext): Command {
  const option = <T>(flags: string, description: string, parse: (text: string) => T) =>
    new Option(flags, description).argParser(parsing(parse));
  const command = new Command("convert")
    .description("convert a recording to a picture, a page, text, another tool's format or a cassette")
    .argument(
      "<source>",
      "a cassette, an archive of one, or a recording of asciinema, ttyrec, script, sudo, tlog or ptywright; - is standard input",
    )
    .argument(
      "<out>",
      `the target, whose extension is its format: ${ENDINGS.join(" ")}; - is standard output`,
    )
    .addOption(
      new Option("-f, --format <format>", "output format (default: from the file's extension)").choices(
        FORMATS,
      ),
    )
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
    .option("--theme <theme>", "colours: a theme, another terminal's theme file, or auto (SVG only)", "dark")
    .option("--font <file>", "a TrueType or OpenType font for PNG and GIF; may be repeated", collect)
    .addOption(option("--font-size <pixels>", "height of the text (default: 15)", parsePixels))
    .addOption(option("--padding <pixels>", "space around the screen (default: the font size)", parsePixels))
    .option("--window", "draw a bar with the title")
    .option("--title <text>", "title (default: the one that the program set)")
    .option("--no-cursor", "do not draw the cursor")
    .addOption(option("--rows <first-last>", "only these rows, such as 1-10", parseRange))
    .addOption(option("--cols <first-last>", "only these columns", parseRange));
  return withRecordingOptions(command)
    .addOption(option("--level <0-9>", "compression of a zip archive; 0 stores (default: 6)", parseLevel))
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES)
    .action(async (source: string, out: string, options) => {
      const { convert } = await import("./convert.js");
      finish(await convert(source, out, options, streams));
    });
}

/** Options of recordings in other formats. */
function withRecordingOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--source-format <format>", "format of the source, whatever its name and contents").choices(
        SOURCE_FORMATS,
      ),
    )
    .option("--timing <file>", "the timing of a source of script(1)")
    .addOption(
      new Option(
        "--window-size <colsxrows>",
        "the terminal's size, where the source does not say it",
      ).argParser(parsing(parseWindowSize)),
    )
    .option("--input", "write what was typed to another tool's recording, too")
    .option("--report <file>", "write what the conversion loses as JSON")
    .option("--strict", "make nothing if anything is lost")
    .option("--rules <file>", "YAML or JSON rules for a new cassette (see `cassette scrub --help`)")
    .option("--no-scrub", "do not mask secrets in a new cassette; its scrub report says so");
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

An SVG is animated, unless --at, --last or --mark chooses one screen; a GIF is
always animated. PNG and text show one screen, by default the last with text.
The text of an SVG can be selected and searched; it plays in the <img> of a
README.

An archive holds a cassette as it is, verified, and is read like one by every
command; to unpack it, name a directory.

Themes: dark, light, xterm, dracula, nord, solarized-dark, solarized-light,
gruvbox-dark, gruvbox-light, one-dark, monokai, tokyo-night, github-dark,
github-light; or a file: asciinema or Windows Terminal (JSON), .itermcolors,
kitty or ghostty (.conf). auto follows the reader's system: light or dark.

Examples:
  cassette convert demo.cassette demo.svg --window
  cassette convert demo.cassette demo.gif --speed 2 --max-idle 1
  cassette convert demo.cassette screen.png --at 12.5 --font-size 28
  cassette convert demo.cassette - --format ansi --last
  cassette convert demo.cast demo.cassette
  cassette convert demo.cassette demo.zip
  cassette convert demo.cassette demo.cast --input --report losses.json
  cassette convert session.log session.cassette --timing session.tm`;
