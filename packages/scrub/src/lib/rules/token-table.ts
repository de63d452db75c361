import {
  ALNUM,
  BASE64,
  type ByteClass,
  byteClass,
  DIGITS,
  HEX,
  TOKEN,
  UPPER_ALNUM,
  WORD,
} from "../engine/byte-class.js";
import { LONGEST_RUN, type Run, type Shape } from "../engine/shape.js";

/** Sets of characters, by the names that the table of tokens gives them. */
const CLASSES: Readonly<Record<string, ByteClass>> = {
  alnum: ALNUM,
  upper: UPPER_ALNUM,
  lower: byteClass("a-z", "0-9"),
  letters: byteClass("a-z"),
  digits: DIGITS,
  hex: HEX,
  word: WORD,
  token: TOKEN,
  base64: BASE64,
  "upper-": byteClass("A-Z", "0-9", "-"),
  "lower-": byteClass("a-z", "0-9", ..."_=-"),
  hexcolon: byteClass("0-9", "a-f", "A-F", ":"),
  "hex-": byteClass("0-9", "a-f", "A-F", "-"),
  "alnum-": byteClass("A-Z", "a-z", "0-9", "-"),
  base64url: byteClass("A-Z", "a-z", "0-9", ..."_-="),
  anybase64: byteClass("A-Z", "a-z", "0-9", ..."+/_-="),
  unpadded: byteClass("A-Z", "a-z", "0-9", ..."+/_-"),
  text: byteClass("A-Z", "a-z", "0-9", ..."_~.-"),
  uri: byteClass("A-Z", "a-z", "0-9", ..."_~.+/-"),
  path: byteClass("A-Z", "a-z", "0-9", ..."_-/"),
  webhook: byteClass("A-Z", "a-z", "0-9", ..."_-/@%"),
  crypt: byteClass("A-Z", "a-z", "0-9", ..."./"),
  fields: byteClass("A-Z", "a-z", "0-9", ...".+/=$,:*@"),
  cookie: byteClass("A-Z", "a-z", "0-9", ..."%+/=-"),
  // What ends a row or is before it is none: the digits may be in the row above.
  "no digit": DIGITS.map((isDigit, code) =>
    isDigit || "\r\n\0 ".includes(String.fromCharCode(code)) ? 0 : 1,
  ),
};

const PART = /^(?:'([^']+)'|([a-z0-9-]+)\{(\d+)(?:(,)(\d*))?\})$/;

/**
 * Reads a table of tokens. A line is `rule | prefix prefix … | part part … | condition`. A part is `class{n}`, `class{n,m}`,
 * `class{n,}` or `'literal'`, `-` is none; one before a colon in the second column comes before the prefix. `\v` is a vertical line.
 * Conditions: `after CLASS` and `before CLASS` name what must not be there, `alone` is both for base64, `random` is what the rest
 * must look like.
 */
export function parseTokenTable(table: string): ReadonlyMap<string, readonly Shape[]> {
  const shapes = new Map<string, Shape[]>();
  for (const line of table.split("\n")) {
    if (line.trim() === "") continue;
    const [rule = "", prefixes = "", parts = "", conditions = ""] = line
      .split(" | ")
      .map((part) => part.trim());
    shapes.set(rule, [...(shapes.get(rule) ?? []), ...shapesOf(prefixes, parts, conditions)]);
  }
  return shapes;
}

function shapesOf(prefixes: string, parts: string, conditions: string): Shape[] {
  const [first = "", second] = prefixes.split(" : ");
  const lead = second === undefined ? undefined : partOf(first);
  const rest = parts.split(" ").filter((part) => part !== "-");
  return (second ?? first).split(" ").map((prefix) => ({
    ...(lead !== undefined && typeof lead !== "string" && { lead }),
    parts: [prefix.replaceAll("\\v", "|"), ...rest.map(partOf)],
    ...conditionsOf(conditions),
    isToken: true,
  }));
}

function partOf(part: string): string | Run {
  const [whole, literal, name = "", min, isRange, max] = PART.exec(part) ?? [];
  if (whole === undefined) throw new TypeError(`The table of tokens has no part ${part}.`);
  if (literal !== undefined) return literal;
  const least = Number(min);
  return {
    of: classOf(name),
    min: least,
    max: isRange === undefined ? least : max ? Number(max) : LONGEST_RUN,
  };
}

function conditionsOf(conditions: string): Omit<Shape, "parts" | "lead" | "isToken"> {
  const isRandom = conditions.includes("random");
  if (conditions.includes("alone"))
    return { isRandom, notAfter: classOf("unpadded"), notBefore: classOf("unpadded") };
  const [, after] = /after ([a-z0-9-]+(?: digit)?)/.exec(conditions) ?? [];
  const [, before] = /before ([a-z0-9-]+)/.exec(conditions) ?? [];
  return {
    isRandom,
    ...(after && { notAfter: classOf(after) }),
    ...(before && { notBefore: classOf(before) }),
  };
}

function classOf(name: string): ByteClass {
  const known = CLASSES[name];
  if (known === undefined) throw new TypeError(`The table of tokens has no class ${name}.`);
  return known;
}
