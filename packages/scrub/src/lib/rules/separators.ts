import { byteClass, isIn, runEnd } from "../engine/byte-class.js";
import { matchAt } from "../engine/match-at.js";
import { fillsRow, nextRow } from "../engine/row-join.js";

const OPENING = String.raw`\\{0,7}["'\x60]?`;
const SEPARATOR = new RegExp(
  String.raw`(${OPENING}\]?\*{0,2}(?:[ \t]\[[^\]\r\n]{0,24}\])?)([ \t]{0,32})(=>|:=|[=:](?!=)|%3[ad]|\xe2\x86\x92)(\*{0,2}[ \t]{0,32})`,
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
/** `["--password", "…"]`, `('password', '…')`. */
const LIST = /\\{0,7}["'][ \t]{0,4},[ \t]{0,4}(?=\\{0,7}["'])/y;
/** Columns of a table, with lines between them or without. */
const COLUMN = /[ \t]{1,64}(?:\||\xe2\x94\x82)[ \t]{1,64}|[ \t]{2,64}/y;
const SETTING = /(?:\bset(?: -\w{1,4})?|\bsetenv|\bENV|--global|--local)[ \t]{1,4}[\w/:.-]{0,40}$/;
const ELEMENT = />(?=[^<>\r\n]{4,256}<\/)/y;
const SENTENCE = /[ \t](?:(?:is generated )?for \S{1,64}:|(?:is|was):?)[ \t]/iy;
const FLAG_SEPARATOR = /[ \t]{1,4}/y;
/** What a separator begins with. */
const BEHIND_NAME = byteClass(..." \t\r\n\"'`\\],*[=:%>\xe2");
const BLANKS = byteClass(" ", "\t");
const ENDS_ROW = byteClass(..."\r\n\0|\\\xe2");
const OPENS_INNER = byteClass("{", "|", ">");
const BEFORE_FIELD = byteClass("\0-\x20", ..."\"'`");

/** What stands between a name and its value, and what it says of them. */
export interface Separator {
  readonly length: number;
  /** `NAME=value` or `"name":"value"`, no blanks around it. */
  readonly isTight: boolean;
  readonly isFlag: boolean;
  /** Only what looks random is a secret here: nothing but its place says that the value belongs to the name. */
  readonly isLoose: boolean;
  /** `NAME=value` where a line or a word begins: nothing but a blank ends it. */
  readonly isVariable: boolean;
}

/** Of one shape, as thousands are made; a spread of another takes ten times as long. */
function loosely(length: number): Separator {
  return { length, isTight: false, isFlag: false, isLoose: true, isVariable: false };
}

/** What stands between a name and its value: `=`, `": "`, the end of an XML tag, "is"; blanks alone behind an option. */
export function separatorAt(text: string, nameStart: number, at: number): Separator | null {
  // Mostly the name is another, longer one.
  if (!isIn(BEHIND_NAME, text, at)) return null;
  if (text[at] === ">") {
    const element = matchAt(ELEMENT, text, at);
    return element && { length: 1, isTight: true, isFlag: false, isLoose: false, isVariable: false };
  }
  const isFlag = text.startsWith("--", nameStart);
  const sign = matchAt(SEPARATOR, text, at);
  if (sign) {
    const { length } = sign[0];
    const inner = isIn(OPENS_INNER, text, at + length) ? matchEither(OBJECT, BLOCK, text, at + length) : null;
    if (inner !== null) return loosely(length + inner.length);
    const isTight = sign[2] === "" && sign[4] === "";
    const isVariable = isTight && length === 1 && text[at] === "=" && beginsField(text, nameStart);
    return { length, isTight, isFlag, isLoose: false, isVariable };
  }
  // An option at the end of a row that the screen broke.
  if (isFlag && isIn(ENDS_ROW, text, runEnd(BLANKS, text, at)) && fillsRow(text, at)) {
    const next = nextRow(text, at);
    return { length: next - at, isTight: false, isFlag, isLoose: false, isVariable: false };
  }
  if (!isIn(BLANKS, text, at)) {
    const field = matchEither(FIELD, LIST, text, at);
    return field === null ? null : loosely(field.length);
  }
  const words = matchAt(isFlag ? FLAG_SEPARATOR : SENTENCE, text, at);
  if (words) return { length: words[0].length, isTight: false, isFlag, isLoose: false, isVariable: false };
  const isSetting = SETTING.test(text.slice(Math.max(0, nameStart - 56), nameStart));
  const blanks = matchAt(isSetting ? FLAG_SEPARATOR : COLUMN, text, at);
  return blanks && loosely(blanks[0].length);
}

function matchEither(first: RegExp, second: RegExp, text: string, at: number): string | null {
  return (matchAt(first, text, at) ?? matchAt(second, text, at))?.[0] ?? null;
}

/** Whether a line, a word or a string begins there. */
function beginsField(text: string, at: number): boolean {
  return at === 0 || isIn(BEFORE_FIELD, text, at - 1);
}
