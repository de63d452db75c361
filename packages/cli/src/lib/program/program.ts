import { Command } from "../commander/commander.js";
import type { CommandContext } from "../commander/context.js";
import { colour, styled } from "../output/colour.js";
import { escapeText } from "../output/escape-text.js";
import { VERSION } from "../version.js";
import type { CommandEntry } from "./commands.js";

/** Hints for frequent mistakes. */
const HINTS: Record<string, string> = {
  record: " The program and its own options come after `--`.",
};

/**
 * Declares the program, with only the command that is called, or with all. A command's action is loaded when it
 * runs: the start stays quick, and reading never loads native code.
 */
export async function createProgram(
  context: CommandContext,
  commands: readonly CommandEntry[],
  called?: string,
): Promise<Command> {
  const { streams } = context;
  const program = new Command("cassette")
    .description("VCR for terminal programs: record once, replay for ever.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      outputError: (text, write) =>
        write(`${colour(streams.stderr, "red", "cassette:")} ${safeUsageError(text)}\n`),
    })
    // Styles are removed again without a terminal, or if NO_COLOR is set.
    .configureHelp({ styleTitle: (title) => styled("bold", title), minWidthToWrap: 20 })
    .showHelpAfterError("Try `cassette --help` or `cassette COMMAND --help`.")
    .addHelpText("after", EXAMPLES);
  const isCalled = ({ names }: CommandEntry) => called !== undefined && names.includes(called);
  const isKnown = commands.some(isCalled);
  const wanted = isKnown ? commands.filter(isCalled) : commands;
  for (const declare of await Promise.all(wanted.map(({ load }) => load()))) {
    const command = declare(context);
    program.addCommand(command);
    inherit(command, program);
  }
  if (!isKnown) (await import("./completion.js")).addCompletion(program, context);
  return program;
}

/** The library's message quotes arguments as they are. Only the line with its suggestion is the library's own. */
function safeUsageError(text: string): string {
  const [message = "", ...suggestion] = text
    .replace(/^error: |\n$/g, "")
    .split(/\n(?=\(Did you mean [^\n]*\)$)/);
  return [message, ...suggestion].map(escapeText).join("\n");
}

/** Passes the settings on to nested commands, which are declared before their parent is known. */
function inherit(command: Command, parent: Command): void {
  const path = `${parent.parent ? `${parent.name()} ` : ""}${command.name()}`;
  command
    .copyInheritedSettings(parent)
    .showHelpAfterError(`Try \`cassette ${path} --help\`.${HINTS[command.name()] ?? ""}`);
  for (const inner of command.commands) inherit(inner, command);
}

const EXAMPLES = `
Examples:
  cassette record demo.cassette -- git log --color=always
  cassette record top.cassette --script top.yaml --window-size 100x30 -- top
  cassette verify demo.cassette
  cassette play demo.cassette

Exit status: 0 success; 1 negative result; 2 usage error; 3 failure; 4 no
cassette was made.`;
