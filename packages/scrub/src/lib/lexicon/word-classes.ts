// What a word looks like, whatever is around it. All rules ask here, so that two of them never disagree.

/** What no random value ends in, or but for a few characters: a word, a number, a file's name, a setting, signs alone. */
const ORDINARY_ROW =
  /^(?:[A-Z]?[a-z]+|[A-Z]+|\d+|(?:\.{0,2}\/)?(?:[a-z_-]+\/)*[A-Za-z_-]+\.[a-z]{1,5}|[+-]?[A-Za-z_]\w*=[^=].*|[^A-Za-z\d]+)$/;

/** Whether a row that holds nothing else is a line of its own and not the rest of what the row above broke off. */
export function isOrdinaryRow(row: string): boolean {
  return ORDINARY_ROW.test(row);
}

/** Whether it is one word or one number. */
export function isWordOrNumber(text: string): boolean {
  return /^(?:[A-Z]?[a-z]+|[A-Z]+|\d+)$/.test(text);
}

const SHORTEST_RANDOM = 8;
/** Letters of both cases as words combine them: `getElementById`. */
const WORDS = /^(?:[a-z]*(?:[A-Z][a-z]+)*|[A-Z]+)$/;

/** Whether letters of both cases, and digits perhaps, are mixed as chance mixes them: the rest of a value, whatever follows it. */
export function isMixedCase(word: string): boolean {
  if (word.length < SHORTEST_RANDOM || !/[a-z]/.test(word) || !/[A-Z]/.test(word)) return false;
  return /\d/.test(word) || !word.split(/[^A-Za-z]+/).every((part) => WORDS.test(part));
}

/** Letters and digits, and no name of a file, a host or a setting: a value that may exist by itself. */
export function isAlphanumeric(word: string): boolean {
  return /\d/.test(word) && /[a-z]/i.test(word) && !/[.:/=]/.test(word);
}

const FEWEST_CHANGES = 3;
const FEWEST_CAPITALS = 6;

/** Whether letters and digits are mixed as no word, path, date or identifier mixes them. */
export function isRandom(segment: string): boolean {
  if (segment.length < SHORTEST_RANDOM) return false;
  const changes = changesIn(segment);
  const isOfCapitals = /^[A-Z\d]+$/.test(segment) && new Set(segment).size >= FEWEST_CAPITALS;
  return isMixedCase(segment) || changes >= FEWEST_CHANGES || (isOfCapitals && changes > 0);
}

/** How often letters and digits take turns. */
function changesIn(segment: string): number {
  return segment.match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0;
}

/** `a.b=c`: what is assigned is assigned on. */
const ASSIGNED_ON = /^[a-z_$][\w$]*(?:\.[\w$]+)+=[a-z_$][\w$.]*$/i;

/** Words, identifiers, members, paths. */
export function isCode(text: string): boolean {
  if (ASSIGNED_ON.test(text)) return true;
  return /^[.~$@]{0,3}_*[a-z]+(?:[._/:>-]+[a-z]+)*\d{0,2}[._:;?!/-]*$/i.test(text);
}

/** Letters and digits mixed, and no path, version, time, name with a number or pattern. */
export function looksGenerated(text: string): boolean {
  if (!/[a-z]/i.test(text) || !/\d/.test(text) || isCode(text)) return false;
  return !/^[~./]|^v?\d+[.:-]|^(?:[a-z]+[_-])+\d+$|[[\](){}\\^]/i.test(text);
}

const SHORTEST_KEY = 16;
const FEWEST_DIFFERENT = 10;
const LONGEST_NAME = 24;
const FEWEST_DIGITS = 4;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** A key of one piece, or of pieces that its service joins by signs. */
const KEY_TEXT = /^[A-Za-z\d+/_=.~!@%-]+$/;
/** Names of files, versions, dates and addresses, and what is written like them. */
const NOT_A_KEY =
  /^[~./]|^v?\d+\.\d|^\d{4}-\d\d-\d\d|:\/\/|^(?:sha\d*|md5)[-:/]|^[a-z]{2,12}=.|%(?:s|\d*\.\d*[df])/i;

/** Whether a value is a key that a machine made, be it named so or not: random, and long enough. */
export function isRandomKey(text: string): boolean {
  if (text.length < SHORTEST_KEY || !KEY_TEXT.test(text) || NOT_A_KEY.test(text)) return false;
  if (UUID.test(text)) return true;
  if (new Set(text).size < FEWEST_DIFFERENT) return false;
  return text.split(/[^A-Za-z\d]+/).some((part) => isRandom(part) || isLongMix(part));
}

/** Letters and digits without a break, more than names have. */
function isLongMix(text: string): boolean {
  return (
    text.length >= LONGEST_NAME && /[a-z]/i.test(text) && (text.match(/\d/g)?.length ?? 0) >= FEWEST_DIGITS
  );
}

/** Whether it may be a digest or an identifier: hexadecimal digits in one case, with hyphens or without. */
export function isDigest(text: string): boolean {
  return /^[0-9a-f-]+$/.test(text) || /^[0-9A-F-]+$/.test(text);
}

/** Texts of this length that are more than one word do not occur by chance. */
const SHORTEST_PHRASE = 12;

/** Whether a text is so long and random that it can be searched for: what is equal to it is not equal by chance. */
export function isDistinctSecret(text: string): boolean {
  if (text.split(/[^A-Za-z0-9]+/).some(isRandom)) return true;
  return (
    text.length >= SHORTEST_PHRASE && !/^\p{L}*$/u.test(text) && new Set(text).size >= SHORTEST_PHRASE / 2
  );
}

const LONGEST_WORD = 12;

/** Whether it may be a word of a language, which other words contain. */
export function isWord(text: string): boolean {
  return text.length <= LONGEST_WORD && /^(?:\p{Lu}?\p{Ll}+|\p{Lu}+)$/u.test(text);
}
