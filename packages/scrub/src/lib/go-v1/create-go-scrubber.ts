import { posix } from "node:path";
import type { ScrubbedText, ScrubReport } from "@cassette/format";
import type { GoConfig } from "../scrub-config.js";
import type { Scrubber } from "../scrubber.js";
import { type Replaced, replaceLiteral, type TextRule } from "./text-rule.js";
import { TEXT_RULES } from "./text-rules.js";

/** Makes a scrubber that does what the Go package does. */
export function createGoScrubber(config: GoConfig): Scrubber {
  const literals = literalRules(config);
  const accounts: TextRule = { name: "account-identifier", replace: (text) => replaceAccounts(text, config) };
  const rules = [...literals, accounts, ...TEXT_RULES];
  const listed = [...literals, ...TEXT_RULES].map(({ name }) => name).sort();
  // The two paths are listed and not counted; accounts are counted and not listed. So it is in version 1.
  const uncounted = new Set(literals.map(({ name }) => name));

  function scrubText(text: string): ScrubbedText {
    const hits: Record<string, number> = {};
    let scrubbed = text;
    for (const { name, replace } of rules) {
      const replaced = replace(scrubbed);
      scrubbed = replaced.text;
      if (replaced.hits > 0 && !uncounted.has(name)) hits[name] = replaced.hits;
    }
    return { text: scrubbed, report: reportOf(listed, hits, config) };
  }

  return {
    scrubText,
    scrubEnv(env) {
      const allowed = new Set(config.envAllowlist);
      const entries = Object.entries(env);
      const kept = entries.filter(([name]) => allowed.has(name));
      const removed = entries.length - kept.length;
      const { intentionallyPreserved: _, ...rest } = config;
      const report = reportOf(listed, removed > 0 ? { "env-removed": removed } : {}, rest);
      return { env: Object.fromEntries(kept), report };
    },
    normalise: (text) => scrubText(text).text,
  };
}

function literalRules({ home, worktree }: GoConfig): TextRule[] {
  const rules: TextRule[] = [];
  if (home) rules.push(literalRule("home-path", cleanPath(home), "$HOME"));
  if (worktree) rules.push(literalRule("worktree-path", cleanPath(worktree), "$WORKTREE"));
  return rules;
}

function literalRule(name: string, literal: string, replacement: string): TextRule {
  return { name, replace: (text) => replaceLiteral(text, literal, replacement) };
}

/** As short as a path can be written, without a slash at its end. */
function cleanPath(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
}

function replaceAccounts(text: string, { accountIdentifiers = [] }: GoConfig): Replaced {
  let result: Replaced = { text, hits: 0 };
  for (const identifier of accountIdentifiers) {
    const replaced = replaceLiteral(result.text, identifier, "<account>");
    result = { text: replaced.text, hits: result.hits + replaced.hits };
  }
  return result;
}

function reportOf(rules: string[], hits: Record<string, number>, config: GoConfig): ScrubReport {
  const { envAllowlist = [], intentionallyPreserved = [] } = config;
  return {
    status: Object.keys(hits).length > 0 ? "redacted" : "clean",
    rules: [...rules],
    hit_counts: hits,
    ...(envAllowlist.length > 0 && { env_allowlist: [...envAllowlist] }),
    ...(intentionallyPreserved.length > 0 && { intentionally_preserved: [...intentionallyPreserved] }),
  };
}
