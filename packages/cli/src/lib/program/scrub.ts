import { Command } from "./commander.js";
import type { CommandContext } from "./context.js";

/** Declares `cassette scrub`. */
export function scrubCommand({ streams, finish }: CommandContext): Command {
  return new Command("scrub")
    .description("find and mask secrets in text")
    .option("--check", "mask nothing; print what there is, and exit with 1 if there is anything")
    .option("--rules <file>", "YAML or JSON: what else to look for, and what to leave")
    .addHelpText("after", EXAMPLES)
    .action(async (options) => {
      const { scrub } = await import("../commands/scrub.js");
      finish(await scrub(options, { ...streams, stdin: process.stdin }));
    });
}

const EXAMPLES = `
Standard input is scrubbed to standard output, as text. It finds what its rules know: read what you publish.

Examples:
  make deploy 2>&1 | cassette scrub --rules rules.yaml > deploy.log

A rules file holds lists; each may be left out:
  rules:                          # literal characters, sets and counts; no backtracking
    - name: acme-token
      pattern: acme_[A-Za-z0-9]{20}
  secrets: ["correct horse"]      # texts that are secret wherever they stand
  secretEnv: [DEPLOY_KEY]         # variables whose values are
  names: [bertrand]               # users and machines
  accountIdentifiers: ["4711-22"] # accounts
  allow: [AKIAIOSFODNN7EXAMPLE]   # a hit that is exactly this stays
  intentionallyPreserved: [dates] # only noted in the report`;
