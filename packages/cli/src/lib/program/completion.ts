import type { CompletionItem, ParseEnvResult, SupportedShell } from "@pnpm/tabtab";
import { Argument, type Command, type Option } from "../commander/commander.js";
import type { CommandContext } from "../commander/context.js";
import { EXIT } from "../output/exit-status.js";

const EXAMPLES = `
Examples:
  cassette completion fish > ~/.config/fish/completions/cassette.fish
  source <(cassette completion bash)        # in ~/.bashrc
  source <(cassette completion zsh)         # in ~/.zshrc, after compinit`;

const SHELLS: SupportedShell[] = ["bash", "fish", "pwsh", "zsh"];

/** The command that the completion scripts call at each press of Tab. */
const SERVER = "completion-server";

/**
 * Adds the command that prints a shell's completion script, and the one that the script calls. Call it last: they complete what is
 * declared by then.
 */
export function addCompletion(program: Command, { streams, finish }: CommandContext): void {
  const shell = new Argument("<shell>", "the shell").choices(SHELLS);
  program
    .command("completion")
    .description("print a completion script for a shell")
    .addArgument(shell)
    .showHelpAfterError("Try `cassette completion --help`.")
    .addHelpText("after", EXAMPLES)
    .action(async (wanted) => {
      const { default: tabtab } = await import("@pnpm/tabtab");
      const name = program.name();
      streams.stdout.write(await tabtab.getCompletionScript({ name, completer: name, shell: wanted }));
      finish(EXIT.success);
    });
  program
    .command(SERVER, { hidden: true })
    .argument("[words...]")
    .allowUnknownOption()
    .action(async (words: string[]) => {
      const { default: tabtab } = await import("@pnpm/tabtab");
      const shell = tabtab.getShellFromEnv(process.env);
      const candidates = candidatesFor(program, wordsBeforeCursor(words, tabtab.parseEnv(process.env)));
      if (candidates) tabtab.log(candidates, shell);
      // Bash completes files by itself if there are no candidates.
      else if (shell !== "bash") tabtab.logFiles();
      finish(EXIT.success);
    });
}

/** Completions of the last word; null for files. @param words without the program's own name. */
export function candidatesFor(program: Command, words: readonly string[]): CompletionItem[] | null {
  const typed = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  // After `--` comes the program's own command line.
  if (before.includes("--")) return null;
  const { command, operands } = follow(program, before);
  const option = optionBefore(command, before.at(-1));
  if (option) return option.argChoices?.map(named) ?? null;
  if (typed.startsWith("-")) return command.createHelp().visibleOptions(command).map(nameOf);
  const choices = command.registeredArguments[operands]?.argChoices?.map(named) ?? [];
  const commands = command.createHelp().visibleCommands(command).map(nameOfCommand);
  return operands === 0 && commands.length + choices.length > 0 ? [...commands, ...choices] : null;
}

/** The command that the words name, and how many of its operands they contain. */
function follow(program: Command, words: readonly string[]): { command: Command; operands: number } {
  let command = program;
  let operands = 0;
  for (const [index, word] of words.entries()) {
    if (word.startsWith("-") || optionBefore(command, words[index - 1])) continue;
    const next = command.commands.find((known) => known.name() === word || known.aliases().includes(word));
    if (next && operands === 0) command = next;
    else operands++;
  }
  return { command, operands };
}

/** The option whose argument is the next word. */
function optionBefore(command: Command, word = ""): Option | undefined {
  const option = command.options.find(({ short, long }) => word === short || word === long);
  return option?.required || option?.optional ? option : undefined;
}

function named(name: string): CompletionItem {
  return { name };
}

function nameOf({ long, short, description }: Option): CompletionItem {
  return { name: long ?? short ?? "", description };
}

function nameOfCommand(command: Command): CompletionItem {
  return { name: command.name(), description: command.description() };
}

/** The words up to the cursor, the one at the cursor last; it may be empty. */
function wordsBeforeCursor([, ...words]: string[], { words: index, line, point }: ParseEnvResult): string[] {
  const known = words.slice(0, index);
  // Fish passes the number of words, and only the cursor shows whether a new one has begun.
  const isAtNext = point > line.trimEnd().length;
  return isAtNext && known.at(-1) !== "" ? [...known, ""] : known;
}
