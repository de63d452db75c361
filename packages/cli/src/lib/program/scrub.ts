import { Command } from "./commander.js";
import type { CommandContext } from "./context.js";

/** Declares `cassette scrub`. */
export function scrubCommand({ streams, finish }: CommandContext): Command {
  return new Command("scrub")
    .description("make a cassette or a text without its secrets, or look for them")
    .argument("[dir...]", "the cassette; standard input is scrubbed as text unless given")
    .option("-o, --output <dir>", "directory to make")
    .option("--check", "mask nothing; print what there is, and exit with 1 if there is anything")
    .option("--overwrite", "replace an existing cassette")
    .option("--rules <file>", "YAML or JSON: what else to look for, and what to leave")
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES)
    .action(async (dirs: string[], options) => {
      const { scrub } = await import("../commands/scrub.js");
      finish(await scrub(dirs, options, { ...streams, stdin: process.stdin }));
    });
}

const EXAMPLES = `
A cassette of any writer is scrubbed into a new one: masks keep bytes and
columns, frames are derived anew, all of it is scanned once more. Text is
scrubbed from standard input to standard output. It finds what its rules know:
read what you publish. --check prints \`found PATH RULE COUNT\` for each.

Examples:
  cassette scrub old.cassette -o clean.cassette
  cassette scrub --check recordings/
  make deploy 2>&1 | cassette scrub --rules rules.yaml > deploy.log

A rules file holds lists; each may be left out:
  rules:                          # characters, sets and counts: no backtracking
    - name: acme-token
      pattern: acme_[A-Za-z0-9]{20}
  secrets: ["correct horse"]      # texts that are secret wherever they stand
  secretEnv: [DEPLOY_KEY]         # variables, all of them set, whose values are
  names: [bertrand]               # users and machines
  accountIdentifiers: ["4711-22"] # accounts
  allow: [AKIAIOSFODNN7EXAMPLE]   # a hit that is exactly this stays
  intentionallyPreserved: [dates] # only noted in the report`;
