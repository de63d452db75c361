import { Command } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";

/** Declares `cassette scrub`. */
export function scrubCommand({ streams, finish }: CommandContext): Command {
  return new Command("scrub")
    .description("remove secrets from a cassette or text, or check for them")
    .argument("[dir...]", "the cassette; default: scrub standard input as text")
    .option("-o, --output <dir>", "directory to create")
    .option("--check", "only report secrets; exit with 1 if there are any")
    .option("--explain", "list rule, line and column of each secret in text")
    .option("--overwrite", "replace an existing cassette")
    .option("--rules <file>", "YAML or JSON rules: what else to mask, and what not to mask")
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES)
    .action(async (dirs: string[], options) => {
      const { scrub } = await import("./scrub.js");
      finish(await scrub(dirs, options, { ...streams, stdin: process.stdin }));
    });
}

const EXAMPLES = `
A cassette is scrubbed into a new one: masks keep bytes and columns, frames are
re-rendered, and everything is scanned again. Text is scrubbed from
standard input to standard output. Only what the rules describe is found:
review what you publish. --check prints \`found PATH RULE COUNT\` for each rule
that hits; of text, --explain prints \`found -:LINE:COLUMN RULE\` for each
secret.

Examples:
  cassette scrub old.cassette -o clean.cassette
  cassette scrub --check recordings/
  make deploy 2>&1 | cassette scrub --rules rules.yaml > deploy.log

A rules file holds lists, all optional:
  rules:                          # characters, sets and counts: no backtracking
    - name: acme-token
      pattern: acme_[A-Za-z0-9]{20}
  secrets: ["correct horse"]      # texts that are secret everywhere
  secretEnv: [DEPLOY_KEY]         # secret variables; each must be set
  names: [bertrand]               # users and machines
  accountIdentifiers: ["4711-22"] # accounts
  allow: [AKIAIOSFODNN7EXAMPLE]   # never masked: hits that are exactly this
  intentionallyPreserved: [dates] # only noted in the report`;
