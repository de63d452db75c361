import { ALNUM, byteClass } from "../engine/byte-class.js";
import type { Finder, RuleKind } from "../engine/finder.js";
import { type Shape, shapeFinder } from "../engine/shape.js";
import { isWord } from "../lexicon/word-classes.js";

const LETTERS = byteClass("A-Z", "a-z", "\x80-\xff");
const BESIDE_A_PATH = byteClass("A-Z", "a-z", "0-9", "_", "-");
const BEFORE_A_PATH = byteClass("A-Z", "a-z", "0-9", "_", "-", ".");

/** Finds literals wherever they are, a word not inside another one. */
export function literalFinder(rule: string, label: string, literals: readonly string[]): Finder[] {
  const spelled = literals.flatMap(spellingsOf);
  // Other words hold a word: `develop` is no secret in `development`.
  return [
    ...finderOf(
      rule,
      "secrets",
      label,
      spelled.filter((literal) => !isWord(literal)),
    ),
    ...finderOf(rule, "secrets", label, spelled.filter(isWord), {
      notAfter: LETTERS,
      notBefore: LETTERS,
    }),
  ];
}

/** A text as it is on a screen, in a string of JSON, and with its accents as characters of their own. */
function spellingsOf(literal: string): string[] {
  const escaped = JSON.stringify(literal).slice(1, -1);
  // Between any two characters a row may end, so line ends need not be looked for; marks are not there to be found.
  return [literal, escaped, literal.normalize("NFC"), literal.normalize("NFD")].map((spelling) =>
    spelling
      .replace(/[ \t]*\r?\n[ \t]*/g, "")
      .replace(/[\u0300-\u036f]|\p{Default_Ignorable_Code_Point}/gu, ""),
  );
}

/** Finds names: not inside of a word. */
export function nameFinder(rule: string, label: string, names: readonly string[]): Finder[] {
  return finderOf(rule, "identity", label, names, { notAfter: ALNUM, notBefore: ALNUM });
}

/** Finds a directory and what lies in it, not a longer name that begins alike. */
export function pathFinder(rule: string, label: string, path: string): Finder[] {
  return finderOf(rule, "identity", label, path.length > 1 ? [path] : [], {
    notAfter: BEFORE_A_PATH,
    notBefore: BESIDE_A_PATH,
    isWholeName: true,
  });
}

function finderOf(
  rule: string,
  kind: RuleKind,
  label: string,
  literals: readonly string[],
  conditions: Omit<Shape, "parts"> = {},
): Finder[] {
  const distinct = [...new Set(literals)].filter((literal) => literal !== "");
  if (distinct.length === 0) return [];
  const shapes = distinct.map(
    (literal): Shape => ({
      parts: [Buffer.from(literal).toString("latin1")],
      ...conditions,
    }),
  );
  return [shapeFinder({ rule, kind, label }, shapes)];
}
