import { Command } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";

/** Declares `cassette script`. */
export function scriptCommand({ streams, finish }: CommandContext): Command {
  return new Command("script")
    .description("print a script that records a cassette again")
    .argument("<dir>", "the cassette")
    .option(
      "--scenario",
      "print a scenario for `cassette test` instead, which checks the same screens and the exit",
    )
    .addHelpText("after", NOTES)
    .action(async (dir: string, options) => {
      const { script } = await import("./script.js");
      finish(await script(dir, options, streams));
    });
}

const NOTES = `
Each burst of input comes after a wait for the last row that had changed before
it. Withheld input becomes \`secret: PASSWORD\`: set that variable. Edit
waits for text that changes from run to run.

Examples:
  cassette script demo.cassette > demo.yaml
  cassette record new.cassette --script demo.yaml -- PROGRAM
  cassette script demo.cassette --scenario > demo.test.yaml
  cassette record demo.cassette --save-script demo.yaml -- PROGRAM`;
