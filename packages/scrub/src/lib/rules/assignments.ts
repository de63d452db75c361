import { byteClass, isIn, runEnd, runStart } from "../engine/byte-class.js";
import { type Finder, nothing, settled } from "../engine/finder.js";
import { matchAt } from "../engine/match-at.js";
import { secretValue } from "./secret-values.js";
import { separatorAt } from "./separators.js";

/** Words at the end of a name that say its value is secret. */
const NAMES = ["token", "secret", "password", "passwd", "passphrase", "credential", "pwd"];
const KEYS = ["api", "access", "private", "account", "auth", "encryption", "signing", "secret", "master"];
const MORE_NAMES = ["passcode", "mnemonic", "_pw", "_pat", "_jwt", "_sk"];
const MORE_KEYS =
  "app application shared session jwt hmac fernet openai gemini role storage license subscription functions preshared unseal webhook".split(
    " ",
  );
/** The same, but only as words of their own: `DB_PASS`, `smtpPass`, no `bypass`. */
const WORDS = ["pass", "psk"];
/** Whole ends of names, up to their separator. */
const TIGHT = ["_auth=", "_auth =", "_KEY=", "_COOKIE=", "_SESSION=", "JWT=", "secret_id=", "secret_id:"];

const SUFFIX =
  /(?:[_-]?(?:access[_-]?)?key|[_-]?value|[_-]?base(?:64)?|[_-]?phrase)?(s(?![a-z])|[_ ]?\d{1,2}|_(?:prod|production|staging|dev|test|live|readonly|ro|rw|old|new))?/iy;
const NAME = byteClass("A-Z", "a-z", "0-9", "_", ".", "-");
const LONGEST_NAME = 42;
const LONGEST_SUFFIX = 12;
/** Behind what a row's end broke: that end, blanks, a border, a backslash. */
const BEHIND_BROKEN = byteClass(..." \t\r\n\0|\\\xe2");

/** The end of a name, as it is looked for. */
interface EndOfName {
  readonly literal: string;
  /** Of the name; a separator may stand behind it in the literal. */
  readonly length: number;
  /** Only as a word of its own. */
  readonly isWord: boolean;
  /** No suffix follows. */
  readonly isWhole: boolean;
  /** Names of other things end so, too. */
  readonly isVague: boolean;
}

function endOfName(literal: string): EndOfName {
  const { length } = literal.replace(/ ?[=:]$/, "");
  const isVague = literal.startsWith("_") && !literal.startsWith("_auth");
  return { literal, length, isWord: WORDS.includes(literal), isWhole: TIGHT.includes(literal), isVague };
}

const keysOf = (words: readonly string[]) =>
  words.flatMap((word) => ["key", "_key", "-key"].map((end) => word + end));
/** Looked for in base64 and hexadecimal, too. */
const USUAL = [...NAMES, ...keysOf(KEYS)];
const OTHERS = [
  ...MORE_NAMES,
  ...WORDS,
  ...TIGHT,
  ...keysOf(MORE_KEYS),
  ...[...KEYS, "unseal"].map((word) => `${word} key`),
];
const ENDS_OF_NAMES = [...USUAL, ...OTHERS].map(endOfName);
const BY_LITERAL = new Map(ENDS_OF_NAMES.map((end) => [end.literal, end]));

/** `password=…`, `"api_key": "…"`, `--token …`: a value whose name says that it is secret, unless it is code or a word. */
export const ASSIGNMENTS: Finder = {
  rule: "secret-assignment",
  kind: "secrets",
  label: "<redacted>",
  anchors: ENDS_OF_NAMES.map(({ literal }) => ({
    literal,
    anyCase: literal !== literal.toUpperCase(),
    plainOnly: OTHERS.includes(literal),
  })),
  find(text, at, { literal }) {
    const { length, isWord, isWhole, isVague } = BY_LITERAL.get(literal) ?? endOfName(literal);
    if (isWord && !beginsWord(text, at)) return nothing();
    const suffix = isWhole ? null : matchAt(SUFFIX, text, at + length);
    const nameEnd = at + length + (suffix?.[0].length ?? 0);
    if (isOtherName(text, at, nameEnd)) return settled();
    const nameStart = runStart(NAME, text, at, Math.max(0, at - LONGEST_NAME));
    const separator = separatorAt(text, nameStart, nameEnd);
    if (separator === null) return nothing();
    const isLoose = separator.isLoose || isVague || suffix?.[1]?.toLowerCase() === "s";
    const name = text.slice(nameStart, nameEnd);
    return secretValue(text, nameEnd + separator.length, { name, separator, isLoose });
  },
};

/** Whether a name goes on, in its row, to something else than the end of that: `secret_id`, `token.type`. */
function isOtherName(text: string, start: number, nameEnd: number): boolean {
  const end = runEnd(NAME, text, start, nameEnd + LONGEST_SUFFIX);
  return end > nameEnd && !isIn(BEHIND_BROKEN, text, end);
}

function beginsWord(text: string, at: number): boolean {
  return !/[A-Za-z]/.test(text[at - 1] ?? "") || /[a-z][A-Z][a-z]/.test(text.slice(at - 1, at + 2));
}
