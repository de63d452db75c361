import { CassetteError, isCassetteError } from "@cassette/format";
import { createScrubber, type DefaultConfig } from "@cassette/scrub";
import { isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import { parseYaml } from "../yaml/parse-yaml.js";

/** The contents of a rules file: a part of a scrubber's settings, with the same names. */
export type RulesFile = Pick<
  DefaultConfig,
  "rules" | "secrets" | "secretEnv" | "allow" | "accountIdentifiers" | "names" | "intentionallyPreserved"
>;

type ListName = Exclude<keyof RulesFile, "rules">;

const LISTS: ReadonlySet<string> = new Set<ListName>([
  "secrets",
  "secretEnv",
  "allow",
  "accountIdentifiers",
  "names",
  "intentionallyPreserved",
]);
const RULE_KEYS = ["name", "pattern"] as const;

/**
 * Reads a rules file: a YAML or JSON map of lists.
 * @param text the file's text.
 * @param file its name, for errors.
 * @throws CassetteError CASSETTE_RULE_INVALID, with file and line and never the contents.
 */
export function parseRulesFile(text: string, file: string): RulesFile {
  const { document, lineAt } = parseYaml(text);
  const refuse = (message: string, offset = 0): never => {
    throw new CassetteError("CASSETTE_RULE_INVALID", message, { file, line: lineAt(offset) });
  };
  const [syntaxError] = document.errors;
  if (syntaxError) return refuse("It is neither YAML nor JSON.", syntaxError.pos[0]);
  const { contents } = document;
  if (contents === null) return {};
  if (!isMap(contents)) return refuse("A rules file is a map of lists.", startOf(contents));
  return Object.fromEntries(contents.items.map((pair) => parseEntry(pair, refuse)));
}

type Refuse = (message: string, offset?: number) => never;

function parseEntry(pair: Pair, refuse: Refuse): [name: string, values: unknown[]] {
  const name = isScalar(pair.key) ? String(pair.key.value) : "";
  const at = startOf(pair.key);
  if (name !== "rules" && !LISTS.has(name)) {
    refuse(`This key is not known; known are rules, ${[...LISTS].join(", ")}.`, at);
  }
  if (!isSeq(pair.value)) return refuse(`"${name}" is a list.`, at);
  const parse = name === "rules" ? parseRule : parseText;
  return [name, pair.value.items.map((item) => checked(name, parse(item, name, refuse), item, refuse))];
}

function parseText(item: unknown, name: string, refuse: Refuse): string {
  if (isScalar(item) && typeof item.value === "string" && item.value !== "") return item.value;
  return refuse(`"${name}" lists texts; put quotes around numbers and the like.`, startOf(item));
}

function parseRule(item: unknown, _name: string, refuse: Refuse): { name: string; pattern: string } {
  if (!isMap(item)) return refuse('A rule has the keys "name" and "pattern".', startOf(item));
  const rule: Record<string, unknown> = item.toJSON();
  const isRule = RULE_KEYS.every((key) => typeof rule[key] === "string" && rule[key] !== "");
  if (isRule && Object.keys(rule).length === RULE_KEYS.length)
    return rule as { name: string; pattern: string };
  return refuse('A rule has the keys "name" and "pattern", both texts, and no other.', startOf(item));
}

/** Lets the scrubber check one entry, so that the error can name its line. */
function checked<T>(name: string, value: T, item: unknown, refuse: Refuse): T {
  try {
    createScrubber({ [name]: [value] });
    return value;
  } catch (error) {
    if (error instanceof TypeError || isCassetteError(error, "CASSETTE_RULE_INVALID")) {
      const message = name === "secrets" ? "A secret has at least four characters." : error.message;
      return refuse(message, startOf(item));
    }
    throw error;
  }
}

function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}
