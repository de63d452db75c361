import { Command } from "./commander.js";
import type { CommandContext } from "./context.js";

/** Declares `cassette test`. */
export function testCommand({ streams, finish }: CommandContext): Command {
  return new Command("test")
    .description("judge scenarios: what recordings must show")
    .argument("<scenario...>", "YAML or JSON files")
    .option("--json", "one JSON object a scenario")
    .addHelpText("after", EXAMPLES)
    .action(async (files: string[], options) => {
      const { test } = await import("../commands/test.js");
      finish(await test(files, options, streams));
    });
}

const EXAMPLES = `
A scenario names a cassette, relative to its own file, and groups of
assertions. Nothing is started and nothing waits: recorded time passes on a
clock of its own. Exits with 1 if anything does not hold, with 2 if a file is
no scenario.

Example:
  cassette test scenarios/*.yaml

A scenario:
  name: help
  cassette_path: less.cassette
  groups:
    help:
      - { type: frame_eventually_contains, text: SUMMARY OF LESS COMMANDS }
      - { type: exit_status, exit_code: 0 }`;
