import { Command } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";

/** Declares `cassette cat`. */
export function catCommand({ streams, finish }: CommandContext): Command {
  return new Command("cat")
    .description("print the program's output")
    .argument("<dir>", "the cassette")
    .option("--raw", "write the exact bytes, even to a terminal; only for recordings you trust")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, options) => {
      const { cat } = await import("./cat.js");
      finish(await cat(dir, options, streams));
    });
}

const EXAMPLES = `
Escape sequences and other characters that would act on your terminal are
shown as text: \\e[31m, \\x07.

Examples:
  cassette cat demo.cassette
  cassette cat demo.cassette --raw | sha256sum`;
