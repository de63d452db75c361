import { Command } from "./commander.js";
import type { CommandContext } from "./context.js";
import { collect } from "./parsing.js";

/** Declares `cassette recover`. */
export function recoverCommand({ streams, finish }: CommandContext): Command {
  return new Command("recover")
    .description("turn an interrupted recording into a cassette")
    .argument("[path]", "a spool, or the cassette it was for; default: every spool in this folder")
    .option("-o, --output <dir>", "directory to create; default: beside the spool, by the name in its own")
    .option("--overwrite", "replace an existing cassette")
    .option("--force", "take the spool although its recording may still be going on")
    .option("--rules <file>", "YAML or JSON rules: what else to mask, and what to leave")
    .option(
      "--without-secret <name>",
      "recover although this variable or this rules file is missing; may be repeated",
      collect,
    )
    .option("--no-scrub", "do not mask secrets; the scrub report says so")
    .option("--list", "list spools with size, age and state, and change nothing")
    .option("--discard", "remove the spool at PATH, with the recording in it")
    .option("-y, --yes", "discard without a question")
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES)
    .action(async (path: string | undefined, options) => {
      const { recover } = await import("../commands/recover.js");
      finish(await recover(path, options, streams));
    });
}

const EXAMPLES = `
A recording grows in a spool, a private directory \`.NAME.spool-…\` beside its
target, which is removed when the cassette is complete. A spool that a crash
left is sealed like any recording: every readable record and every byte of
output is kept, and its end is marked as interrupted. A spool that holds
something unreadable stays.

The values of secret variables and the \`secrets\` of a rules file are masked.
A spool keeps none of them, only the names of the variables and the path of
the file: they are read again from the environment and the file. If one is
missing, nothing is recovered unless --without-secret names it. A variable
that has another value by now is not noticed, and the old value not masked.

After CASSETTE_SECRET_REMAINS name the text in a rules file (\`secrets\` or
\`allow\`) and recover with it.

Examples:
  cassette recover
  cassette recover demo.cassette
  cassette recover .demo.cassette.spool-1f2e3d4c5b6a --rules rules.yaml
  DEPLOY_TOKEN=… cassette recover demo.cassette --without-secret NPM_TOKEN
  cassette recover --list
  cassette recover --discard .demo.cassette.spool-1f2e3d4c5b6a`;
