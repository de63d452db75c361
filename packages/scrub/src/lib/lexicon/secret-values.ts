import { isPlaceholder } from "./placeholder.js";
import { isCode, isDigest, isRandomKey, looksGenerated } from "./word-classes.js";

/**
 * What a value must look like: anything but a word or code, a mix of letters and digits, a key that a machine made, or one that
 * is no digest.
 */
export type Look = "any" | "generated" | "key" | "mixed key";

const LOOKS: readonly Look[] = ["any", "generated", "key", "mixed key"];

/** The look that asks for more. */
export function stricter(first: Look, second: Look): Look {
  return LOOKS.indexOf(first) > LOOKS.indexOf(second) ? first : second;
}

/** How a value is written after its name. */
export interface ValuePlace {
  readonly name: string;
  readonly look: Look;
  readonly isQuoted: boolean;
  /** `NAME=value` or `"name":"value"`, no blanks around the sign. */
  readonly isTight: boolean;
  /** After an option. */
  readonly isFlag: boolean;
  /** `NAME=value` where a line or a word begins. */
  readonly isVariable: boolean;
  /** `The password is "value"`. */
  readonly isSentence: boolean;
}

const SHORTEST_PASSWORD = 6;
const SHORTEST_VALUE = 8;
/** Of a generated value. */
const SHORTEST_GENERATED = 12;

/** The one policy for a value that its name says is secret: whether it is one, and not a word, a type or a piece of code. */
export function isSecretValue(text: string, place: ValuePlace): boolean {
  const { name, look, isQuoted } = place;
  const isPassword = isPasswordName(name);
  if (text.length < (isPassword ? SHORTEST_PASSWORD : SHORTEST_VALUE) || isPlaceholder(text)) return false;
  if (look === "key") return isRandomKey(text) && !isAboutItself(text);
  if (look === "mixed key") return isRandomKey(text) && !isAboutItself(text) && !isDigest(text);
  if (/[ \t-\r]/.test(text)) return isQuoted && isPassword && isPassphrase(text, place.isVariable);
  if (isAboutItself(text) || (isPassword && isNoPassword(text, name))) return false;
  if (look === "any") return isUnlikeCode(text, place, isPassword);
  return looksGenerated(text) && text.length >= (isPassword ? SHORTEST_VALUE : SHORTEST_GENERATED);
}

/** Whether a name is that of a password, which people choose. */
export function isPasswordName(name: string): boolean {
  return /pass|pwd|pw$/i.test(name);
}

/** Whether it is the name of a variable of the environment. */
export function isVariableName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]{2,}$/.test(name);
}

/** The working directory, or where `openssl` reads a password. */
function isNoPassword(text: string, name: string): boolean {
  return (/pwd$/i.test(name) && /^[~/]/.test(text)) || /^(?:pass|env|file|fd):/.test(text);
}

/** Of one word in which letters of both cases are mixed more than in names. */
const SHORTEST_MIXED = 24;
const SEVERAL_CAPITALS = /[a-z][A-Z].*[a-z][A-Z].*[A-Z]{2}/;
/** Words that people join by a sign: `super$ecret`, `blue#horse`. */
const JOINED_WORDS = /^[a-z]{2,}[$#@!^*][a-z]{2,}$/i;

function isUnlikeCode(text: string, place: ValuePlace, isPassword: boolean): boolean {
  const { isQuoted, isTight, isFlag, isSentence, name } = place;
  const isPlaced = isQuoted || isTight || isFlag;
  if (/\d/.test(text)) return isUnlikeNumber(text, isPlaced, isQuoted || isTight);
  if (isTight && !isQuoted && isVariableName(name)) return !/^[./~]/.test(text);
  if (isQuoted && (JOINED_WORDS.test(text) || (isSentence && isPassword))) return true;
  if (isCode(text)) return text.length >= SHORTEST_MIXED && SEVERAL_CAPITALS.test(text);
  return isPlaced && /[A-Z]/.test(text) && /[a-z]/.test(text);
}

/** Of what has digits: letters too, or so many that they are no version or port. */
function isUnlikeNumber(text: string, isPlaced: boolean, isBeside: boolean): boolean {
  if (/[a-z]/i.test(text)) return isPlaced || !isCode(text);
  return isBeside && text.length >= SHORTEST_VALUE && !/[.:]/.test(text);
}

/** Whether it only says what it is: `my-secret-token`. */
function isAboutItself(text: string): boolean {
  return /token|secret|passw|key|auth/i.test(text) && /^[a-z_.\-/]+\d{0,2}$/i.test(text);
}

/** Whether words in quotes are a password and no sentence about one: one mixes letters and digits, or a variable holds nothing but words. */
function isPassphrase(text: string, isVariable: boolean): boolean {
  if (/[%{}<>$]|[.?!:…]$|passw|passphrase/i.test(text)) return false;
  if (text.split(/\s+/).some((word) => (word.match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0) >= 2))
    return true;
  return isVariable && /^[a-z]{3,12}(?: [a-z]{3,12}){2,7}$/.test(text);
}
