import { byteClass, isIn, runEnd } from "../engine/byte-class.js";
import { matchAt } from "../engine/match-at.js";
import { fillsRow, nextRow } from "../engine/row-join.js";

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
  String.raw`[ \t]{1,4}(?:-[ \t](?=["'])|[:=]?(?=["']?[A-Za-z\d]))|[ \t](?:has been )?(?:${DONE}):?[ \t]{0,4}\r?\n[ \t]{0,16}`,
  "iy",
);
const FLAG_SEPARATOR = /[ \t]{1,4}/y;
/** What a separator begins with. */
const AFTER_NAME = byteClass(..." \t\r\n\"'`\\],*[=:%>?.+|\xe2");
const BLANKS = byteClass(" ", "\t");
const ENDS_ROW = byteClass(..."\r\n\0|\\\xe2");
const OPENS_TEXT = byteClass(..."> \"'");
const OPENS_INNER = byteClass("{", "|", ">");
const BEFORE_FIELD = byteClass("\0-\x20", ..."\"'`");

/** What a value must look like: anything but a word or code, a mix of letters and digits, a key that a machine made, or one that is no digest. */
export type Look = "any" | "generated" | "key" | "mixed key";

/** What stands between a name and its value, and what it says of them. */
export interface Separator {
  readonly length: number;
  /** `NAME=value` or `"name":"value"`, no blanks around it. */
  readonly isTight: boolean;
  readonly isFlag: boolean;
  /** Of an element of XML: its text ends at the next. */
  readonly isElement?: boolean;
  /** What a value must look like here. If nothing but its place says that it belongs to the name, more than elsewhere. */
  readonly look: Look;
  /** `NAME=value` where a line or a word begins: nothing but a blank ends it. */
  readonly isVariable: boolean;
}

/** Of one shape, as thousands are made; a spread of another takes ten times as long. */
function loosely(length: number, look: Look = "generated"): Separator {
  return { length, isTight: false, isFlag: false, look, isVariable: false };
}

/** What stands between a name and its value: `=`, `": "`, the end of an XML tag, "is"; blanks alone behind an option. */
export function separatorAt(text: string, nameStart: number, at: number): Separator | null {
  // Mostly the name is another, longer one.
  if (!isIn(AFTER_NAME, text, at)) return null;
  const element = isIn(OPENS_TEXT, text, at) ? matchAt(ELEMENT, text, at) : null;
  if (element || text[at] === ">") {
    return (
      element && {
        length: element[0].length,
        isTight: true,
        isFlag: false,
        isElement: true,
        look: "any",
        isVariable: false,
      }
    );
  }
  const isFlag = text.startsWith("-", nameStart) && beginsField(text, nameStart);
  const sign = matchAt(SEPARATOR, text, at);
  if (sign) {
    const { length } = sign[0];
    const inner = isIn(OPENS_INNER, text, at + length) ? matchEither(OBJECT, BLOCK, text, at + length) : null;
    if (inner !== null) return loosely(length + inner.length);
    const isTight = sign[2] === "" && sign[4] === "";
    const isVariable = isTight && length === 1 && text[at] === "=" && beginsField(text, nameStart);
    return { length, isTight, isFlag, look: "any", isVariable };
  }
  // An option at the end of a row that the screen broke.
  if (isFlag && isIn(ENDS_ROW, text, runEnd(BLANKS, text, at)) && fillsRow(text, at)) {
    const next = nextRow(text, at);
    return { length: next - at, isTight: false, isFlag, look: "any", isVariable: false };
  }
  if (!isIn(BLANKS, text, at)) {
    const field = matchEither(FIELD, LIST, text, at);
    return field === null ? null : loosely(field.length);
  }
  const words = matchAt(isFlag ? FLAG_SEPARATOR : SENTENCE, text, at);
  if (words) return { length: words[0].length, isTight: false, isFlag, look: "any", isVariable: false };
  const isSetting = SETTING.test(text.slice(Math.max(0, nameStart - 56), nameStart));
  const blanks = matchAt(isSetting ? FLAG_SEPARATOR : COLUMN, text, at);
  if (blanks) return loosely(blanks[0].length);
  // The name of a file, in a list of them, and what is listed beside it.
  if (text[nameStart - 1] === "/") return null;
  const nearly = matchAt(NEARLY_NOTHING, text, at);
  return nearly && loosely(nearly[0].length, "key");
}

function matchEither(first: RegExp, second: RegExp, text: string, at: number): string | null {
  return (matchAt(first, text, at) ?? matchAt(second, text, at))?.[0] ?? null;
}

/** Whether a line, a word or a string begins there. */
function beginsField(text: string, at: number): boolean {
  return at === 0 || isIn(BEFORE_FIELD, text, at - 1);
}
