/** One step of a path: from a value to some of its children. */
export type Segment = {
  /** Whether the step applies to all descendants, too. */
  deep: boolean;
  selectors: Selector[];
};

/** Which children a step selects. */
export type Selector =
  | { kind: "name"; name: string }
  | { kind: "index"; index: number }
  | { kind: "slice"; start?: number; end?: number; step: number }
  | { kind: "all" };

const NAME = /^[\p{L}_][\p{L}\p{N}_-]*/u;
const QUOTED = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/s;
const SLICE = /^(-?\d+)?\s*:\s*(-?\d+)?(?:\s*:\s*(-?\d+)?)?/;
const INDEX = /^-?\d+/;

/**
 * Reads a JSONPath of RFC 9535 without filters: `$`, `.name`, `['name']`, `[0]`, `[-1]`, `[1:3]`, `[*]`, `.*`, `..name`, `..[0]`,
 * `[0, 'name']`.
 * @throws SyntaxError with the position.
 */
export function parseJsonPath(path: string): Segment[] {
  if (!path.startsWith("$")) throw new SyntaxError("A path begins with $.");
  const segments: Segment[] = [];
  let rest = path.slice(1);
  while (rest !== "") {
    const [segment, left] = readSegment(rest, path);
    segments.push(segment);
    rest = left;
  }
  return segments;
}

function readSegment(text: string, path: string): [Segment, string] {
  const deep = text.startsWith("..");
  const after = deep ? text.slice(2) : text.startsWith(".") ? text.slice(1) : text;
  if (after.startsWith("[") && (deep || after === text)) {
    const [selectors, rest] = readBrackets(after.slice(1), path);
    return [{ deep, selectors }, rest];
  }
  if (after === text) throw mistake(path, text);
  if (after.startsWith("*")) return [{ deep, selectors: [{ kind: "all" }] }, after.slice(1)];
  const name = NAME.exec(after)?.[0];
  if (name === undefined) throw mistake(path, after);
  return [{ deep, selectors: [{ kind: "name", name }] }, after.slice(name.length)];
}

function readBrackets(text: string, path: string): [Selector[], string] {
  const selectors: Selector[] = [];
  let rest = text.trimStart();
  for (;;) {
    const [selector, length] = readSelector(rest, path);
    selectors.push(selector);
    rest = rest.slice(length).trimStart();
    if (rest.startsWith("]")) return [selectors, rest.slice(1)];
    if (!rest.startsWith(",")) throw mistake(path, rest);
    rest = rest.slice(1).trimStart();
  }
}

function readSelector(text: string, path: string): [Selector, length: number] {
  if (text.startsWith("*")) return [{ kind: "all" }, 1];
  const quoted = QUOTED.exec(text);
  if (quoted) return [{ kind: "name", name: unescaped(quoted[1] ?? quoted[2] ?? "") }, quoted[0].length];
  const slice = SLICE.exec(text);
  if (slice) return [toSlice(slice), slice[0].length];
  const index = INDEX.exec(text)?.[0];
  if (index === undefined) throw mistake(path, text);
  return [{ kind: "index", index: Number(index) }, index.length];
}

function toSlice([, start, end, step]: RegExpExecArray): Selector {
  const bound = (digits?: string) => (digits === undefined ? undefined : Number(digits));
  return { kind: "slice", start: bound(start), end: bound(end), step: bound(step) ?? 1 };
}

function unescaped(text: string): string {
  return text.replaceAll(/\\u([0-9a-fA-F]{4})|\\(.)/gs, (_, code?: string, char?: string) =>
    code === undefined
      ? (CONTROLS[char ?? ""] ?? char ?? "")
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

const CONTROLS: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function mistake(path: string, rest: string): SyntaxError {
  return new SyntaxError(`The path is not understood from character ${path.length - rest.length + 1} on.`);
}
