import { colour, styled } from "../output/colour.js";
import { VERSION } from "../version.js";
import { catCommand } from "./cat.js";
import { Command } from "./commander.js";
import type { CommandContext } from "./context.js";
import { diffCommand } from "./diff.js";
import { doctorCommand } from "./doctor.js";
import { eventsCommand } from "./events.js";
import { framesCommand } from "./frames.js";
import { grepCommand } from "./grep.js";
import { infoCommand } from "./info.js";
import { playCommand } from "./play.js";
import { recordCommand } from "./record.js";
import { recoverCommand } from "./recover.js";
import { scrubCommand } from "./scrub.js";
import { stubCommand } from "./stub.js";
import { testCommand } from "./test.js";
import { verifyCommand } from "./verify.js";

const COMMANDS = [
  recordCommand,
  playCommand,
  infoCommand,
  verifyCommand,
  eventsCommand,
  framesCommand,
  catCommand,
  grepCommand,
  diffCommand,
  scrubCommand,
  recoverCommand,
  testCommand,
  doctorCommand,
  stubCommand,
];

/** What is easily got wrong. */
const HINTS: Record<string, string> = {
  record: " The program and its own options stand behind `--`.",
};

/**
 * Declares the whole command. Each command's module is loaded when it is called: starting up stays quick, and reading never
 * loads native code.
 */
export function createProgram(context: CommandContext): Command {
  const { streams } = context;
  const program = new Command("cassette")
    .description("VCR for terminal programs: record once, replay for ever.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      outputError: (text, write) =>
        write(text.replace(/^error: /, `${colour(streams.stderr, "red", "cassette:")} `)),
    })
    // Styles are taken out again where there is no terminal, or NO_COLOR is set.
    .configureHelp({ styleTitle: (title) => styled("bold", title) })
    .showHelpAfterError("Try `cassette --help` or `cassette COMMAND --help`.")
    .addHelpText("after", EXAMPLES);
  for (const declare of COMMANDS) {
    const command = declare(context).copyInheritedSettings(program);
    program.addCommand(
      command.showHelpAfterError(`Try \`cassette ${command.name()} --help\`.${HINTS[command.name()] ?? ""}`),
    );
  }
  return program;
}

const EXAMPLES = `
Examples:
  cassette record demo.cassette -- git log --color=always
  cassette record top.cassette --script top.yaml --window-size 100x30 -- top
  cassette verify demo.cassette
  cassette play demo.cassette

Exit status: 0 done; 1 the answer is no; 2 wrong use; 3 could not; 4 no cassette was made.`;
