import { CassetteError } from "@cassette/format";
import { closestName } from "@cassette/terminal/script";
import { parseYaml } from "@cassette/terminal/yaml";
import * as v from "valibot";
import { type Document, isMap, isSeq, type Node } from "yaml";
import { DETERMINED, type FactsFile, factsSchema } from "./facts-schema.js";
import { knownKeys, unknownPaths } from "./unknown-keys.js";

/** One problem in a file of facts. */
interface Problem {
  line: number;
  text: string;
}

type Path = readonly (string | number)[];

const MOST_SHOWN = 12;
/** Accepted facts must fit in the artifacts of a cassette, whose readers have limits. */
const MOST_BYTES = 1_000_000;

/**
 * Parses and checks a file of facts, JSON or YAML.
 * @param text the file's text
 * @param file its name, for errors
 * @throws CassetteError CASSETTE_FACTS_INVALID that lists every problem with its line and path.
 */
export function parseFacts(text: string, file: string): FactsFile {
  const { document, errors, lineAt } = parseYaml(text);
  if (errors.length > 0) {
    throw invalid(
      errors.map(({ message, line }) => ({ line, text: message })),
      file,
    );
  }
  const root: Node | null = document.contents;
  if (!isMap(root)) throw invalid([{ line: 1, text: "an object is expected" }], file);
  const value = plainValue(document, file);
  const parsed = v.safeParse(factsSchema, value);
  const wrong = (parsed.issues ?? []).filter((issue) => !isUnknownKey(issue));
  const found = [
    ...unknownPaths(factsSchema, value).map((path) => ({ path, text: describeUnknown(path) })),
    ...wrong.map((issue) => ({ path: pathOf(issue), text: describe(issue) })),
  ];
  const problems = found.map(({ path, text }) => ({ line: lineAt(offsetOf(root, path)), text }));
  if (parsed.success) problems.push(...repeated(parsed.output, root, lineAt));
  problems.sort((a, b) => a.line - b.line);
  if (!parsed.success || problems.length > 0) throw invalid(problems, file);
  return parsed.output;
}

/** The document as plain values, if it is within the limits. */
function plainValue(document: Document, file: string): unknown {
  try {
    const value: unknown = document.toJS();
    if (JSON.stringify(value).length <= MOST_BYTES) return value;
  } catch {
    throw invalid([{ line: 1, text: "it is nested too deeply, or repeats its parts too often" }], file);
  }
  throw invalid([{ line: 1, text: "it is larger than 1 MB" }], file);
}

/** `usage` and `cost_usd` may be at the top or in `final`, not in both places. */
function repeated(facts: FactsFile, root: Node, lineAt: (offset: number) => number): Problem[] {
  const twice = (["usage", "cost_usd"] as const).filter(
    (key) => facts[key] !== undefined && facts.final?.[key] !== undefined,
  );
  return twice.map((key) => ({
    line: lineAt(offsetOf(root, [key])),
    text: `${key}: given here and as final.${key}`,
  }));
}

/** The library reports only the first unknown key of an object. */
function isUnknownKey({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === "strict_object" && expected === "never";
}

function pathOf(issue: v.BaseIssue<unknown>): Path {
  return (issue.path ?? []).map(({ key }) => key as string | number);
}

function describe(issue: v.BaseIssue<unknown>): string {
  const name = pathOf(issue).join(".");
  return issue.input === undefined ? `${name}: missing` : `${name}: expected ${expectationOf(issue)}`;
}

function describeUnknown(path: Path): string {
  const name = path.join(".");
  if (DETERMINED.has(name)) return `${name}: determined by the recording; leave it out`;
  const suggestion = closestName(String(path.at(-1)), knownKeys(factsSchema, path.slice(0, -1)));
  return `${name}: unknown${suggestion === undefined ? "" : ` (did you mean ${suggestion}?)`}`;
}

function expectationOf({ type, expected, message }: v.BaseIssue<unknown>): string {
  if (type === "check") return message;
  if (type === "regex") return "another form (times are RFC 3339, digests lower-case hexadecimal)";
  return (expected ?? "another value").replace(/^Object$/, "an object").replace(/^Array$/, "a list");
}

/** Where the value at a path starts, or as much of the path as exists. */
function offsetOf(root: Node, path: Path): number {
  let offset = root.range?.[0] ?? 0;
  let node: unknown = root;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => String((item.key as Node & { value?: unknown }).value) === String(key),
      );
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

function invalid(problems: readonly Problem[], file: string): CassetteError {
  const [first] = problems;
  const shown = problems.slice(0, MOST_SHOWN).map(({ line, text }) => `line ${line}: ${text}`);
  const more = problems.length - shown.length;
  const listed = [...shown, ...(more > 0 ? [`${more} more`] : [])].join("; ").replace(/[.?]$/, "");
  const message = `The facts cannot be used: ${listed}.`;
  return new CassetteError("CASSETTE_FACTS_INVALID", message, { file, line: first?.line });
}
