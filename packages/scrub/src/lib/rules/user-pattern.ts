import { CassetteError } from "@cassette/format";
import { type ByteClass, byteClass } from "../engine/byte-class.js";
import { LONGEST_RUN, type Run, type Shape } from "../engine/shape.js";

/** A rule of the user's own. */
export interface UserRule {
  /** As it is named in the report. */
  readonly name: string;
  /**
   * A small part of regular expressions, so that no pattern can hang: characters, `[a-z0-9_]`, `\d`, `\w`, each once or with
   * `{n}`, `{n,m}`, `{n,}`, `+`, `*`, `?`. It describes at least three characters and begins with something that cannot be absent.
   */
  readonly pattern: string;
}

const WORD_MEMBERS = ["A-Z", "a-z", "0-9", "_"];
/** Text this short matches by accident. */
const SHORTEST_MATCH = 3;
/** By which a place is noticed without looking at what is beside it. */
const SHORTEST_PREFIX = 3;
/** Without such a prefix every character may begin a match, so that only this many are read before the last part. */
const MOST_READ = 128;
const NOT_ASCII = /[^\x20-\x7e]/;
const ITEM =
  /(\\(?:[dw]|[^A-Za-z0-9])|\[(?:\\(?:[dw]|[^A-Za-z0-9])|[^\]\\^])(?:\\(?:[dw]|[^A-Za-z0-9])|[^\]\\])*\]|[^\\[\](){}*+?|^$.])(\{\d{1,4}(?:,\d{0,4})?\}|[*+?])?/suy;

/**
 * Reads a user's pattern as a shape, which takes linear time by construction.
 * @throws CassetteError CASSETTE_RULE_INVALID: not of that part of regular expressions, or one that would have to try again.
 */
export function parsePattern({ name, pattern }: UserRule): Shape {
  const parts: (string | Run)[] = [];
  ITEM.lastIndex = 0;
  for (let at = 0; at < pattern.length; ) {
    ITEM.lastIndex = at;
    const [whole = "", atom = "", count] = ITEM.exec(pattern) ?? [];
    if (whole === "") throw refused(name, at, "is not understood there");
    if (NOT_ASCII.test(atom) && (count !== undefined || atom.startsWith("["))) {
      throw refused(name, at, "has a set or a count of characters other than ASCII");
    }
    append(parts, atom, count);
    at += whole.length;
  }
  checkOrder(name, parts);
  const [prefix, ...rest] = parts;
  if (typeof prefix === "string" && prefix.length >= SHORTEST_PREFIX) return { parts: [prefix, ...rest] };
  checkWithoutPrefix(name, parts);
  return shapeWithoutPrefix(parts);
}

/** What begins with a set, or with one or two characters. */
function shapeWithoutPrefix([first = "", second, ...rest]: readonly (string | Run)[]): Shape {
  if (typeof first === "string") return { parts: second === undefined ? [first] : [first, second, ...rest] };
  if (typeof second === "string") return { lead: first, parts: [second, ...rest] };
  if (second !== undefined) return { lead: first, parts: ["", second, ...rest] };
  const { of, min, max } = first;
  return { lead: { of, min: 1, max: 1 }, parts: ["", { of, min: min - 1, max: max - 1 }] };
}

function checkWithoutPrefix(name: string, parts: readonly (string | Run)[]): void {
  const lengths = parts.map((part) =>
    typeof part === "string" ? [part.length, part.length] : [part.min, part.max],
  );
  const sum = (which: 0 | 1, end?: number) =>
    lengths.slice(0, end).reduce((total, length) => total + (length[which] ?? 0), 0);
  if (sum(0) < SHORTEST_MATCH) throw refused(name, 0, `must describe at least ${SHORTEST_MATCH} characters`);
  const [[first = 0] = [], [second = 1] = []] = lengths;
  const isNoticed = first > 0 && second > 0;
  if (!isNoticed)
    throw refused(name, 0, "begins with something that may be absent; give it a count of at least one");
  if (sum(1, -1) > MOST_READ) {
    throw refused(
      name,
      0,
      `begins with a set and reads more than ${MOST_READ} characters before its last part`,
    );
  }
}

function append(parts: (string | Run)[], atom: string, count: string | undefined): void {
  const literal = literalOf(atom);
  const last = parts.at(-1);
  if (literal !== null && count === undefined) {
    if (typeof last === "string") parts[parts.length - 1] = last + literal;
    else parts.push(literal);
    return;
  }
  const [min, max] = countOf(count);
  parts.push({ of: literal === null ? classOf(atom) : byteClass(...literal), min, max });
}

function literalOf(atom: string): string | null {
  if (atom.startsWith("[") || /^\\[dw]$/.test(atom)) return null;
  return Buffer.from(atom.startsWith("\\") ? atom.slice(1) : atom).toString("latin1");
}

function classOf(atom: string): ByteClass {
  if (atom === "\\d") return byteClass("0-9");
  if (atom === "\\w") return byteClass(...WORD_MEMBERS);
  const members = atom.slice(1, -1).match(/\\.|.-.|./gsu) ?? [];
  return byteClass(...members.flatMap(membersOf));
}

function membersOf(member: string): string[] {
  if (member === "\\d") return ["0-9"];
  if (member === "\\w") return WORD_MEMBERS;
  if (member.startsWith("\\")) return [...Buffer.from(member.slice(1)).toString("latin1")];
  return member.length === 3 ? [member] : [...Buffer.from(member).toString("latin1")];
}

function countOf(count: string | undefined): [min: number, max: number] {
  if (count === undefined) return [1, 1];
  if (count === "*") return [0, LONGEST_RUN];
  if (count === "+") return [1, LONGEST_RUN];
  if (count === "?") return [0, 1];
  const [min = "0", max] = count.slice(1, -1).split(",");
  return [Number(min), max === undefined ? Number(min) : max === "" ? LONGEST_RUN : Number(max)];
}

/** What follows a run of open length must not begin with a member of it, or the end of the run would have to be guessed. */
function checkOrder(name: string, parts: readonly (string | Run)[]): void {
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    if (typeof part === "string" || next === undefined || part.min === part.max) continue;
    const overlaps =
      typeof next === "string"
        ? part.of[next.charCodeAt(0)] === 1
        : part.of.some((member, code) => member === 1 && next.of[code] === 1);
    if (overlaps)
      throw refused(name, index, "has a repetition that runs into what follows it; give it a fixed count");
    if (part.max > 256 && index + 1 < parts.length) {
      throw refused(name, index, "has an open or long repetition before its end; bound it by 256");
    }
  }
}

function refused(name: string, at: number, what: string): CassetteError {
  return new CassetteError("CASSETTE_RULE_INVALID", `The pattern of rule ${name} ${what} (at ${at}).`, {
    hint: "Use literal characters, character sets and counts; list fixed values as literal secrets.",
  });
}
