import { Command } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { collect } from "../../commander/parsing.js";

/** Declares `cassette test`. */
export function testCommand({ streams, finish }: CommandContext): Command {
  return new Command("test")
    .description("run scenarios: assertions about recordings")
    .argument("<scenario...>", "YAML or JSON scenario files")
    .option("--filter <name>", "only scenarios whose name contains this, or matches /…/")
    .option("--report <format>", "junit=FILE, github, tap or tap=FILE; may be repeated", collect)
    .option("--artifacts <dir>", "write evidence of each failure there: HTML, Markdown, JSON")
    .option("--watch", "run again when a scenario or its recording changes")
    .option("--json", "one JSON object per scenario")
    .addHelpText("after", EXAMPLES)
    .action(async (files: string[], options) => {
      const { test } = await import("./test.js");
      finish(await test(files, options, streams));
    });
}

const EXAMPLES = `
A scenario names a cassette, relative to its own file, and groups of
assertions. No program is started, and recorded pauses take no time. Exits with
1 if an assertion fails, with 2 if a scenario is invalid.

Examples:
  cassette test scenarios/*.yaml
  cassette test --report github --report junit=out/junit.xml scenarios/*.yaml

A scenario:
  name: help
  cassette_path: less.cassette
  groups:
    help:
      - { type: frame_eventually_contains, text: SUMMARY OF LESS COMMANDS }
      - { type: exit_status, exit_code: 0 }`;
