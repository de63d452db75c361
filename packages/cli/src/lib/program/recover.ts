import { Command } from "./commander.js";
import type { CommandContext } from "./context.js";
import { collect } from "./parsing.js";

/** Declares `cassette recover`. */
export function recoverCommand({ streams, finish }: CommandContext): Command {
  return new Command("recover")
    .description("turn what an interrupted recording left behind into a cassette")
    .argument("[path]", "a spool, or the cassette that was to be; all spools here unless given")
    .option("-o, --output <dir>", "directory to make; where it was recorded for unless given")
    .option("--overwrite", "replace an existing cassette")
    .option("--force", "take the spool although its recording may still be going on")
    .option("--rules <file>", "YAML or JSON: what else to look for, and what to leave")
    .option(
      "--without-secret <name>",
      "recover although this variable or this rules file is missing; may be repeated",
      collect,
    )
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

What is masked includes the values of secret variables and the \`secrets\` of a
rules file. A spool keeps none of them, only the names of the variables and the
path of the file. They are read again from the environment and the file; if one
is missing, nothing is recovered unless --without-secret names it. No digest is
kept either: a variable that has another value by now is not noticed, and the
old value is not masked.

After CASSETTE_SECRET_REMAINS name the text in a rules file (\`secrets\` or
\`allow\`) and recover with it.

Examples:
  cassette recover
  cassette recover demo.cassette
  cassette recover .demo.cassette.spool-1f2e3d4c5b6a --rules rules.yaml
  DEPLOY_TOKEN=… cassette recover demo.cassette --without-secret NPM_TOKEN`;
