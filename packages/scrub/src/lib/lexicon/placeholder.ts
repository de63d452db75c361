/** Masks and labels, ours and other tools'. */
const MASKED =
  /^(?:[*#.xX_-]*|(?:\xc3\x97|\xe2\x80\xa2|\xef\xbc\x8a|\xf0\x9f\xac\x80|\xf0\xa0\x80\x8b|\*)+|.*\*{3}.*)$/s;
/** What stands for a value that is somewhere else: `<token>`, `{{ token }}`, `$TOKEN`, `$(cat …)`, `%s`, `%(token)s`. */
const ELSEWHERE =
  /^(?:<.*>|\[.*\]|\(.*\)|\{.*\}|(?:\\?\$){1,3}(?:[A-Za-z_]+\d?|[A-Z][A-Z0-9_]*|\d|[{(].*|[A-Za-z_]\w*(?:->|[:[.]).*)|%(?:[sdvq@].{0,2}|[({].*|[A-Za-z_]+%)|\\?["'`].*)$/s;
const EMPTY = /^(?:null|true|false|none|undefined|redacted|changeme|placeholder)$/i;
/** What stands for a password where a command or an address is explained. */
const EXAMPLE = /^(?:pass|passwd|password|pw|pwd|token)$/i;
/** The shortest text of which it can be said that it only repeats itself. */
const SHORTEST_REPEAT = 4;

/** Whether a value only stands for one: masked already, a variable, an angle-bracketed name, one letter repeated. */
export function isPlaceholder(value: string): boolean {
  if (value.length >= SHORTEST_REPEAT && hasAtMostTwo(value)) return true;
  return MASKED.test(value) || ELSEWHERE.test(value) || EMPTY.test(value);
}

/** Whether it is only called what it stands for. */
export function isExample(password: string): boolean {
  return EXAMPLE.test(password);
}

const SHORTEST_DUMMY = 8;
/** Words that are joined by signs, and small numbers. */
const SHORTEST_WORDS = 12;
const JOINED_WORDS = /^(?:[a-z]{2,}|\d{1,2})(?:[^A-Za-z\d](?:[a-z]{2,}|\d{1,2}))+$/;
/** Words as code joins them. What is shorter may be random. */
const SHORTEST_NAME = 24;
const NAME = /^[a-z]*(?:[A-Z][a-z]{2,})*$/;

/**
 * Whether what follows a token's prefix is written by a person who shows its form: `xxxxxxxx`, `your-bot-token`. A machine makes
 * neither, whatever the alphabet.
 */
export function isDummy(body: string): boolean {
  if (body.length < SHORTEST_DUMMY) return false;
  if (hasAtMostTwo(body.replace(/[^A-Za-z\d]+/g, ""))) return true;
  if (body.length >= SHORTEST_WORDS && JOINED_WORDS.test(body)) return true;
  return body.length >= SHORTEST_NAME && NAME.test(body);
}

/** Whether no more than two different characters occur in a text. */
function hasAtMostTwo(text: string): boolean {
  const first = text.charCodeAt(0);
  let second = first;
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === first || code === second) continue;
    if (second !== first) return false;
    second = code;
  }
  return true;
}
