import { byteClass, isIn, runEnd, SMALL_LETTERS } from "../engine/byte-class.js";
import { matchAt } from "../engine/match-at.js";
import { fillsRow, nextRow } from "../engine/row-join.js";
import type { Look } from "../lexicon/secret-values.js";

const OPENING = String.raw`\\{0,7}["'\x60]?`;
/** What languages write between a name and the sign: a type, or brackets of one. */
const TYPE = String.raw`(?:[ \t]{0,4}:?[ \t]{0,4}(?:\[\]byte|&(?:'static )?str|string|str|char ?\*?)\??(?=[ \t=])|\[\d{0,4}\])?`;
/** `=`, `:`, `=>`, `:=` and their kin: `::=`, `:::=`, `?=`, `??=`, `.=`, `+=`, `||=`; no comparison. */
const SIGN = String.raw`=>|:{1,3}=(?!=)|(?:\?{1,2}|\|\||[.+])=(?!=)|[=:](?![=:])|%3[ad]|\xe2\x86\x92`;
const SEPARATOR = new RegExp(
  String.raw`(${OPENING}\]?\*{0,2}(?:[ \t]\[[^\]\r\n]{0,24}\])?)${TYPE}([ \t]{0,32})(${SIGN})(\*{0,2}[ \t]{0,32})`,
  "iy",
);
const BLANK = String.raw`[ \t]{0,8}`;
const VALUE_FIELD = `${OPENING}value${OPENING}${BLANK}[:=]${BLANK}`;
/** `- name: NAME⏎  value: …`, `"name": "NAME", "value": "…"`, `key="NAME" value="…"`. */
const FIELD = new RegExp(String.raw`${OPENING},?${BLANK}\r?\n?[ \t]{0,32}${VALUE_FIELD}`, "iy");
/** `"name": {"value": "…"`, from the brace on. */
const OBJECT = new RegExp(String.raw`\{[ \t\r\n]{0,32}${VALUE_FIELD}`, "iy");
/** A block of YAML, from its sign on. */
const BLOCK = /[|>][+-]?[ \t]{0,8}\r?\n[ \t]{1,32}/y;
/** `"NAME" {⏎ default = "…"`, as Terraform declares variables. */
const DECLARATION =
  /"[ \t]{1,4}\{[ \t\r\n]{0,32}(?:type[ \t=]{1,8}\w{1,16}[ \t\r\n]{1,32})?default[ \t]{0,8}=[ \t]{0,8}(?=")/y;
/** `"NAME", "params": ["…"`, of a call in JSON. */
const CALL = /",[ \t]{0,8}\r?\n?[ \t]{0,32}"params"[ \t]{0,4}:[ \t]{0,4}\[[ \t\r\n]{0,32}(?=")/y;
/** `name == "…"`, `name != '…'`: what is compared with is written in quotes. */
const COMPARISON = /[ \t]{0,4}[!=]==?[ \t]{0,4}(?=["'])/y;
/** `["--password", "…"]`, `('password', '…')`. */
const LIST = /\\{0,7}["'][ \t]{0,4},[ \t]{0,4}(?=\\{0,7}["'])/y;
/** Columns of a table, with lines between them or without. */
const COLUMN = /[ \t]{1,64}(?:\||\xe2\x94\x82)[ \t]{1,64}|[ \t]{2,64}/y;
const SETTING = /(?:\bset(?: -\w{1,4})?|\bsetenv|\bENV|--global|--local)[ \t]{1,4}[\w/:.-]{0,40}$/;
/** Of an element, with attributes or the end of a property's name before it; its text may have rows of its own. */
const ELEMENT =
  /["']?(?: [\w:-]{1,24}="[^"<>\r\n]{0,64}"){0,3}>(?:(?=[^<>\r\n]{4,256}<\/)|[ \t]{0,8}\r?\n[ \t]{0,32}(?=[^<>\s]{4,256}\s{1,34}<\/))/y;
const DONE = "created|generated|issued|set|added|updated|rotated|copied";
const SENTENCE = new RegExp(
  String.raw`[ \t](?:(?:is generated )?for \S{1,64}:|(?:is|was|will be)(?: now| set to)?:?|(?:has been )?(?:${DONE})(?: successfully)?(?: for \S{1,64})?:)[ \t]`,
  "iy",
);
/** Between a name and a key that a machine made: a blank is enough, or a row of its own. */
const NEARLY_NOTHING = new RegExp(
  String.raw`[ \t](?:to|for) [a-z \t]{3,40}:[ \t]{0,4}(?:\r?\n[ \t]{0,16}){1,3}|[ \t]{1,4}(?:-[ \t](?=["'])|[:=]?(?=["']?[A-Za-z\d]))|[ \t](?:has been )?(?:${DONE}):?[ \t]{0,4}\r?\n[ \t]{0,16}`,
  "iy",
);
const FLAG_SEPARATOR = /[ \t]{1,4}/y;
/** What a separator begins with. */
const AFTER_NAME = byteClass(..." \t\r\n\"'`\\],*[=:%>?.+|!\xe2");
const BLANKS = byteClass(" ", "\t");
const ENDS_ROW = byteClass(..."\r\n\0|\\\xe2");
const OPENS_TEXT = byteClass(..."> \"'");
const OPENS_INNER = byteClass("{", "|", ">");
/** What a separator of {@link FIELDS} begins with. */
const BEGINS_FIELD = byteClass(..." \t\r\n\"'`\\,=!");
/** Longer ones may be keys. */
const LONGEST_WORD = 12;
/** Words in small letters with which a separator may begin. */
const BEGINS_SEPARATOR: ReadonlySet<string> = new Set([
  ...["is", "was", "will", "has", "for", "to", ...DONE.split("|")],
  ...["value", "string", "str", "char"],
]);
const BEFORE_FIELD = byteClass("\0-\x20", ..."\"'`");

/** What is between a name and its value, and what it says of them. */
export interface Separator {
  readonly length: number;
  /** `NAME=value` or `"name":"value"`, no blanks around it. */
  readonly isTight: boolean;
  readonly isFlag: boolean;
  /** Of an element of XML: its text ends at the next. */
  readonly isElement: boolean;
  /** What a value must look like here. If nothing but its place says that it belongs to the name, more than elsewhere. */
  readonly look: Look;
  /** `NAME=value` where a line or a word begins: nothing but a blank ends it. */
  readonly isVariable: boolean;
  /** `The password is "value"`: in quotes, it is one whatever it looks like. */
  readonly isSentence: boolean;
}

/** Of one shape, as thousands are made. */
function separator(length: number, look: Look, isFlag = false): Separator {
  return { length, isTight: false, isFlag, isElement: false, look, isVariable: false, isSentence: false };
}

/** What is between a name and its value: `=`, `": "`, the end of an XML tag, "is"; blanks alone after an option. */
export function separatorAt(text: string, nameStart: number, at: number): Separator | null {
  // Mostly the name is another, longer one, or a word of a sentence.
  if (!isIn(AFTER_NAME, text, at) || isBeforeWord(text, at)) return null;
  const element = isIn(OPENS_TEXT, text, at) ? matchAt(ELEMENT, text, at) : null;
  if (element) return { ...separator(element[0].length, "any"), isTight: true, isElement: true };
  if (text[at] === ">") return null;
  const isFlag = text.startsWith("-", nameStart) && beginsField(text, nameStart);
  return (
    signAt(text, nameStart, at, isFlag) ??
    (isFlag ? rowEndAt(text, at) : null) ??
    fieldAt(text, at) ??
    (isIn(BLANKS, text, at) ? wordsAt(text, nameStart, at, isFlag) : null)
  );
}

/** Whether one blank, a short word in small letters and another blank follow: no separator begins so, and no secret is such a word. */
function isBeforeWord(text: string, at: number): boolean {
  if (text[at] !== " ") return false;
  const end = runEnd(SMALL_LETTERS, text, at + 1, at + 2 + LONGEST_WORD);
  const length = end - at - 1;
  return (
    length > 0 &&
    length <= LONGEST_WORD &&
    text[end] === " " &&
    !BEGINS_SEPARATOR.has(text.slice(at + 1, end))
  );
}

function signAt(text: string, nameStart: number, at: number, isFlag: boolean): Separator | null {
  const sign = matchAt(SEPARATOR, text, at);
  if (sign === null) return null;
  const { length } = sign[0];
  const inner = isIn(OPENS_INNER, text, at + length) ? matchFirst([OBJECT, BLOCK], text, at + length) : 0;
  if (inner > 0) return separator(length + inner, "generated");
  const isTight = sign[2] === "" && sign[4] === "";
  const isVariable = isTight && length === 1 && text[at] === "=" && beginsField(text, nameStart);
  return { length, isTight, isFlag, isElement: false, look: "any", isVariable, isSentence: false };
}

/** An option at the end of a row that the screen broke. */
function rowEndAt(text: string, at: number): Separator | null {
  if (!isIn(ENDS_ROW, text, runEnd(BLANKS, text, at)) || !fillsRow(text, at)) return null;
  return separator(nextRow(text, at) - at, "any", true);
}

const FIELDS = [FIELD, LIST, DECLARATION, COMPARISON];

/** The value is a field, an argument or a side of a comparison of its own. */
function fieldAt(text: string, at: number): Separator | null {
  if (!isIn(BEGINS_FIELD, text, at)) return null;
  const call = matchFirst([CALL], text, at);
  if (call > 0) return separator(call, "key");
  const length = matchFirst(FIELDS, text, at);
  return length === 0 ? null : separator(length, "generated");
}

/** Words, blanks or next to nothing. */
function wordsAt(text: string, nameStart: number, at: number, isFlag: boolean): Separator | null {
  const words = matchFirst([isFlag ? FLAG_SEPARATOR : SENTENCE], text, at);
  if (words > 0) return { ...separator(words, "any", isFlag), isSentence: !isFlag };
  const isSetting = SETTING.test(text.slice(Math.max(0, nameStart - 56), nameStart));
  const blanks = matchFirst([isSetting ? FLAG_SEPARATOR : COLUMN], text, at);
  if (blanks > 0) return separator(blanks, "generated");
  // The name of a file, in a list of them, and what is listed beside it.
  if (text[nameStart - 1] === "/") return null;
  const nearly = matchFirst([NEARLY_NOTHING], text, at);
  return nearly === 0 ? null : separator(nearly, "key");
}

/** The length of what the first pattern that fits matches, 0 if none does. */
function matchFirst(patterns: readonly RegExp[], text: string, at: number): number {
  for (const pattern of patterns) {
    const length = matchAt(pattern, text, at)?.[0].length ?? 0;
    if (length > 0) return length;
  }
  return 0;
}

/** Whether a line, a word or a string begins there. */
function beginsField(text: string, at: number): boolean {
  return at === 0 || isIn(BEFORE_FIELD, text, at - 1);
}
