import { Command } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";

/** Declares `cassette events`. */
export function eventsCommand({ streams, finish }: CommandContext): Command {
  return new Command("events")
    .description("list all events in order")
    .argument("<dir>", "the cassette")
    .option("--json", "one JSON object per event")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, options) => {
      const { events } = await import("./events.js");
      finish(await events(dir, options, streams));
    });
}

const EXAMPLES = `
Example:
  cassette events demo.cassette --json | jq -c 'select(.kind == "input")'`;
