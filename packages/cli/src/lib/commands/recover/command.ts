import { Command } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { collect } from "../../commander/parsing.js";

/** Declares `cassette recover`. */
export function recoverCommand({ streams, finish }: CommandContext): Command {
  return new Command("recover")
    .description("turn an interrupted recording into a cassette")
    .argument("[paths...]", "spools, or the cassettes they were for; default: every spool in this folder")
    .option(
      "-o, --output <dir>",
      "directory to create; default: beside the spool, named as the original target",
    )
    .option("--overwrite", "replace an existing cassette")
    .option("--force", "recover even if the recording may still be running")
    .option("--rules <file>", "YAML or JSON rules: what else to mask, and what not to mask")
    .option(
      "--without-secret <name>",
      "recover although this variable or this rules file is missing; may be repeated",
      collect,
    )
    .option("--no-scrub", "do not mask secrets; the scrub report says so")
    .option("--list", "list the spools of folders or cassettes with state, size and age")
    .option("--discard", "remove one spool, with the recording in it")
    .option("-y, --yes", "discard without asking")
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES)
    .action(async (paths: string[], options) => {
      const { recover } = await import("./recover.js");
      finish(await recover(paths, options, streams));
    });
}

const EXAMPLES = `
A recording grows in a spool, a private directory \`.NAME.spool-…\` beside its
target, which is removed when the cassette is complete. A spool that a crash
left is sealed like any recording: every readable record and every byte of
output is kept, and its end is marked as interrupted. The cassette is made
beside the spool, or at --output, which may be on another disk. A spool with
unreadable content is kept.

The values of secret variables and the \`secrets\` of a rules file are masked.
A spool keeps none of them, only the names of the variables and the path of
the file: they are read again from the environment and the file. If one is
missing, nothing is recovered unless --without-secret names it. If a variable
has changed since, this is not detected and the old value stays unmasked.

After CASSETTE_SECRET_REMAINS name the text in a rules file (\`secrets\` or
\`allow\`) and recover with it.

Examples:
  cassette recover
  cassette recover demo.cassette
  cassette recover .demo.cassette.spool-1f2e3d4c5b6a --rules rules.yaml
  DEPLOY_TOKEN=… cassette recover demo.cassette --without-secret NPM_TOKEN
  cassette recover --list . recordings/
  cassette recover --discard .demo.cassette.spool-1f2e3d4c5b6a`;
