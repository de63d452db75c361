import { Command } from "./commander.js";
import type { CommandContext } from "./context.js";

/** Declares `cassette recover`. */
export function recoverCommand({ streams, finish }: CommandContext): Command {
  return new Command("recover")
    .description("turn what an interrupted recording left behind into a cassette")
    .argument("[path]", "a spool, or the cassette that was to be; all spools here unless given")
    .option("-o, --output <dir>", "directory to make; where it was recorded for unless given")
    .option("--overwrite", "replace an existing cassette")
    .option("--force", "take the spool although its recording may still be going on")
    .option("--rules <file>", "YAML or JSON: what else to look for, and what to leave")
    .option("--no-scrub", "leave secrets where they are; the report says so")
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES)
    .action(async (path: string | undefined, options) => {
      const { recover } = await import("../commands/recover.js");
      finish(await recover(path, options, streams));
    });
}

const EXAMPLES = `
A recording grows in a private directory \`.NAME.spool-…\` beside its target and
goes when the cassette is complete. What a crash leaves there is sealed like
any recording: what is whole in it is kept, its end is marked as interrupted.
After CASSETTE_SECRET_REMAINS name the text in a rules file (\`secrets\` or
\`allow\`) and recover with it.

Examples:
  cassette recover
  cassette recover demo.cassette
  cassette recover .demo.cassette.spool-1f2e3d4c5b6a --rules rules.yaml`;
