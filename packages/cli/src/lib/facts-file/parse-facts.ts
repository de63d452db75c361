import { CassetteError } from "@cassette/format";
import * as v from "valibot";
import { isMap, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { closestName } from "./closest-name.js";
import { DETERMINED, type FactsFile, factsSchema } from "./facts-schema.js";

/** One thing that is wrong with a file of facts. */
interface Problem {
  line: number;
  text: string;
}

const MOST_SHOWN = 12;

/**
 * Parses and checks a file of facts, JSON or YAML.
 * @param text the file's text
 * @param file its name, for errors
 * @throws CassetteError CASSETTE_FACTS_INVALID that lists every problem with its line and path.
 */
export function parseFacts(text: string, file: string): FactsFile {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\ufeff/, ""), { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    throw invalid(
      document.errors.map(({ message, pos }) => ({ line: lineAt(pos[0]), text: message })),
      file,
    );
  }
  const root: Node | null = document.contents;
  if (!isMap(root)) throw invalid([{ line: 1, text: "an object is expected" }], file);
  const value: unknown = document.toJS();
  const parsed = v.safeParse(factsSchema, value);
  const problems = (parsed.issues ?? []).map((issue) => {
    const path = (issue.path ?? []).map(({ key }) => key as string | number);
    return { line: lineAt(offsetOf(root, path)), text: describe(issue, path) };
  });
  if (parsed.success) problems.push(...repeated(parsed.output, root, lineAt));
  if (!parsed.success || problems.length > 0) throw invalid(problems, file);
  return parsed.output;
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

function describe(issue: v.BaseIssue<unknown>, path: readonly (string | number)[]): string {
  const name = path.join(".");
  if (issue.type !== "strict_object" || issue.expected !== "never") {
    const isMissing = issue.input === undefined;
    return isMissing ? `${name}: missing` : `${name}: expected ${expectationOf(issue)}`;
  }
  if (DETERMINED.has(name)) return `${name}: determined by the recording; leave it out`;
  const suggestion = closestName(String(path.at(-1)), keysBeside(path));
  return `${name}: unknown${suggestion === undefined ? "" : ` (did you mean ${suggestion}?)`}`;
}

function expectationOf({ type, expected, message }: v.BaseIssue<unknown>): string {
  if (type === "check") return message;
  if (type === "regex") return "another form (times are RFC 3339, digests lower-case hexadecimal)";
  return (expected ?? "another value").replace(/^Object$/, "an object").replace(/^Array$/, "a list");
}

/** The keys that the object at a path's parent may have. */
function keysBeside(path: readonly (string | number)[]): string[] {
  let schema: unknown = factsSchema;
  for (const key of path.slice(0, -1)) {
    const entries = unwrapped(schema).entries;
    schema = entries?.[String(key)];
  }
  return Object.keys(unwrapped(schema).entries ?? {});
}

function unwrapped(schema: unknown): { entries?: Record<string, unknown> } {
  const node = (schema ?? {}) as { wrapped?: unknown; entries?: Record<string, unknown> };
  return node.wrapped === undefined ? node : unwrapped(node.wrapped);
}

/** Where the value at a path starts, or as much of the path as exists. */
function offsetOf(root: Node, path: readonly (string | number)[]): number {
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
