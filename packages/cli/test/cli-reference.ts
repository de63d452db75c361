import { Writable } from "node:stream";
import type { Command } from "../src/lib/commander/commander.js";
import { COMMANDS } from "../src/lib/program/commands.js";
import { createProgram } from "../src/lib/program/program.js";

const WIDTH = 100;
const INTRODUCTION = `# The command

What \`cassette --help\` and \`cassette COMMAND --help\` print, in one place. It is made of the commands' own declarations; after
changing one, \`pnpm exec vitest run packages/cli/test/cli-reference.test.ts -u\` regenerates this file.`;

/** The reference of the whole command, as Markdown. @param width of the terminal. */
export async function cliReference(width = WIDTH): Promise<string> {
  const nowhere = Object.assign(new Writable(), { isTTY: false }) as unknown as NodeJS.WriteStream;
  const streams = { stdout: nowhere, stderr: nowhere };
  const program = await createProgram({ argv: [], streams, finish: () => {} }, COMMANDS);
  const shown = commandsOf(program);
  const contents = shown.map((command) => {
    const name = nameOf(command);
    return `- [\`${name}\`](#${name.replaceAll(" ", "-")}): ${command.description()}`;
  });
  const sections = [program, ...shown].map(
    (command) => `## ${nameOf(command)}\n\n\`\`\`text\n${helpOf(command, width)}\n\`\`\``,
  );
  return `${[INTRODUCTION, contents.join("\n"), ...sections].join("\n\n")}\n`;
}

/** A command's commands and theirs, in the order of the help. */
function commandsOf(command: Command): Command[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((inner) => inner.name() !== "help")
    .flatMap((inner) => [inner, ...commandsOf(inner)]);
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

/** The help as it is printed, whatever the width of the terminal. */
function helpOf(command: Command, width: number): string {
  let help = "";
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
    getOutHelpWidth: () => width,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return help.trim();
}
