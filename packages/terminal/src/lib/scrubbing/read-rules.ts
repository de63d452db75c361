import { readFile, stat } from "node:fs/promises";
import { CassetteError } from "@cassette/format";
import type { RulesFile } from "./rules-file.js";

/** Largest size of a rules file that a spool names. */
const LARGEST_NAMED_FILE = 1024 * 1024;

/**
 * Reads a rules file that the user names.
 * @throws CassetteError CASSETTE_USAGE if it cannot be read, CASSETTE_RULE_INVALID if it cannot be used.
 */
export async function readRules(file: string): Promise<RulesFile> {
  const text = await readFile(file, "utf8").catch((cause) => {
    throw new CassetteError("CASSETTE_USAGE", "The rules cannot be read.", { file, cause });
  });
  // The parser is loaded only if there are rules.
  const { parseRulesFile } = await import("./rules-file.js");
  return parseRulesFile(text, file);
}

/**
 * Reads a rules file that a spool names. A spool is untrusted, so devices, pipes and large files are refused.
 * @returns null if there is no such file.
 * @throws CassetteError CASSETTE_RULE_INVALID if it cannot be used.
 */
export async function readRulesNamedBySpool(file: string): Promise<RulesFile | null> {
  const facts = await stat(file).catch(() => null);
  if (!facts?.isFile() || facts.size > LARGEST_NAMED_FILE) return null;
  return readRules(file);
}
