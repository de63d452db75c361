import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { parseDuration, parseWindowSize } from "./arguments.js";
import { EXIT } from "./output/exit-status.js";
import { reportError, type Streams } from "./output/report-error.js";
import { VERSION } from "./version.js";

/**
 * Runs the command.
 * @param argv arguments after the program's name
 * @returns the exit status; nothing is thrown
 */
export async function run(argv: readonly string[], streams: Streams): Promise<number> {
  quietOnClosedPipe(streams);
  let status: number = EXIT.done;
  const program = createProgram(streams, (code) => {
    status = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return reportError(error, streams);
  }
}

/** A reader that has seen enough (`| head`) is not an error. */
function quietOnClosedPipe(streams: Streams): void {
  streams.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done);
    throw error;
  });
}

// Each command's module is loaded when it is called: starting up stays quick, and reading never loads native code.
function createProgram(streams: Streams, finish: (status: number) => void): Command {
  const program = new Command("cassette")
    .description("VCR for terminal programs: record once, replay for ever.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, "cassette: ")),
    })
    .showHelpAfterError("Try `cassette --help` or `cassette COMMAND --help`.")
    .addHelpText("after", EXAMPLES.program);

  program
    .command("record")
    .alias("rec")
    .description("record a program under a pseudo-terminal of its own")
    .argument("<dir>", "directory to make; must not exist")
    .argument("<command...>", "the program and its arguments, after `--`")
    .option("--script <file>", "YAML or JSON steps that type, press and wait")
    .addOption(
      new Option("--window-size <colsxrows>", "size of the terminal (default: 80x24)").argParser(
        parsing(parseWindowSize),
      ),
    )
    .addOption(
      new Option("--timeout <duration>", "end the program after this long").argParser(parsing(parseDuration)),
    )
    .option("--overwrite", "replace an existing cassette")
    .option("--return", "exit with the program's status")
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES.record)
    .action(async (dir: string, command: string[], options) => {
      const { record } = await import("./commands/record.js");
      finish(await record(dir, command as [string, ...string[]], options, streams));
    });

  program
    .command("play")
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
    .addHelpText("after", EXAMPLES.play)
    .action(async (dir: string, options) => {
      const { play } = await import("./commands/play.js");
      finish(await play(dir, options, streams));
    });

  program
    .command("verify")
    .description("check that cassettes are whole and unchanged")
    .argument("<dir...>", "the cassettes")
    .option("--json", "one JSON object a cassette")
    .addHelpText("after", EXAMPLES.verify)
    .action(async (dirs: string[], options) => {
      const { verify } = await import("./commands/verify.js");
      finish(await verify(dirs, options, streams));
    });

  program
    .command("events")
    .description("list everything that happened, in order")
    .argument("<dir>", "the cassette")
    .option("--json", "one JSON object an event")
    .addHelpText("after", EXAMPLES.events)
    .action(async (dir: string, options) => {
      const { events } = await import("./commands/events.js");
      finish(await events(dir, options, streams));
    });

  program
    .command("frames")
    .description("show the recorded screens")
    .argument("<dir>", "the cassette")
    .option("--last", "only the last one")
    .option("--json", "the records as they are stored, one a line")
    .addHelpText("after", EXAMPLES.frames)
    .action(async (dir: string, options) => {
      const { frames } = await import("./commands/frames.js");
      finish(await frames(dir, options, streams));
    });

  return program;
}

/** Lets one of our parsers judge an option's argument, with commander's way of saying so. */
function parsing<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : "");
    }
  };
}

function parseSpeed(text: string): number {
  const factor = Number(text);
  if (!(factor > 0) || !Number.isFinite(factor))
    throw new InvalidArgumentError("A speed is a number above 0.");
  return factor;
}

const EXAMPLES = {
  program: `
Examples:
  cassette record demo.cassette -- git log --color=always
  cassette record top.cassette --script top.yaml --window-size 100x30 -- top
  cassette verify demo.cassette
  cassette play demo.cassette

Exit status: 0 done; 1 the answer is no; 2 wrong use; 3 could not; 4 no cassette was made.`,
  record: `
The program runs without a person at its terminal; a script can type for it. The exit status is 0 whatever the
program's, unless --return is given. The evidence is not scrubbed: read it before you share it.

Examples:
  cassette record ls.cassette -- ls -la --color=always
  cassette record less.cassette --script less.yaml -- less README.md

A script is a list of steps:
  - wait: README
  - press: [Space, Space]
  - type: q`,
  play: `
On a terminal it paints the screens, drawn anew and never the recorded bytes; into a pipe it prints the last screen.

Examples:
  cassette play demo.cassette
  cassette play demo.cassette -s 4
  cassette play demo.cassette --mode collapsed`,
  verify: `
Prints \`ok PATH ID EVENTS BYTES\` or \`bad PATH CODE FILE:LINE SENTENCE\` a cassette; exits with 1 if any is bad.

Example:
  cassette verify recordings/*.cassette`,
  events: `
Example:
  cassette events demo.cassette --json | jq -c 'select(.kind == "input")'`,
  frames: `
Examples:
  cassette frames demo.cassette --last
  cassette frames demo.cassette --json | jq -r '.text[0]'`,
};
