import { isRandomKey } from "./word-classes.js";

/**
 * What a name says about its value: `secret` whatever the value looks like, `likely` if it looks like a key that a machine made,
 * or nothing.
 */
export type Secrecy = "secret" | "likely" | "none";

const list = (words: string) => words.split(/\s+/);

/** Words at the end of a name, also inside a longer word: `DB_PASSWORD`, `dbpassword`. */
export const SECRET_WORDS = list("token secret password passwd passphrase credential pwd passcode mnemonic");
/** The same, but only as words of their own: `smtpPass`, no `bypass`. */
export const WHOLE_WORDS = list("pass psk");
/** The same, if a word comes before: `GITHUB_PAT`, `session_jwt`. */
export const WORDS_AFTER_A_WORD = list("pw pat jwt sk");
/** Keys that are secret are for one of these. */
export const SECRET_KEYS = list(
  `api access private account auth encryption signing secret master app application shared session jwt hmac fernet openai gemini
  role storage license licence subscription functions preshared unseal webhook`,
);
/** Other names of fields whose values are secret: only in structured data, where nothing else is called so. */
const FIELDS = new Set(list("auth authorization connectionstring secretid"));
/** Their values are secret if they look like keys. */
const LIKELY = new Set(list("cookie session sessionid seed secretid"));
/** Keys of these are no secrets: they find something, or everybody may know them. */
const OTHER_KEYS = new Set(
  list(
    `public pub primary foreign cache partition sort object index row column map host hot group routing idempotency registry sort
    translation message i18n storage_class ssh gpg pgp kms arn event trace dedup lookup hash range shard composite unique natural
    surrogate bucket s3 file image config setting feature metadata known release node verification verify tracking correlation
    project product`,
  ),
);
/** What may follow: which one it is, where it is for, how it is written. */
const QUALIFIERS = new Set(
  list("value base base64 b64 prod production staging dev test live readonly ro rw old new"),
);

/** All lists, as one text that changes with them. */
export function lexiconText(): string {
  return [SECRET_WORDS, WHOLE_WORDS, WORDS_AFTER_A_WORD, SECRET_KEYS, FIELDS, LIKELY, OTHER_KEYS, QUALIFIERS]
    .map((words) => [...words].join(" "))
    .join("\n");
}

/**
 * What the name of a variable, field, option, header or element says about its value: `api_key`, `GITHUB_TOKEN_2`,
 * `clientSecret`, `--db-pass`.
 */
export function secrecyOf(name: string): Secrecy {
  const words = wordsOf(name);
  while (words.length > 1 && isQualifier(words.at(-1) ?? "")) words.pop();
  const [before = "", last = ""] = [words.at(-2), (words.at(-1) ?? "").replace(/\d{1,2}$/, "")];
  if (isSecretWord(last, before)) return "secret";
  if (last.endsWith("s") && isSecretWord(last.slice(0, -1), before)) return "likely";
  if (LIKELY.has(last) || LIKELY.has(before + last)) return "likely";
  return isLikelyKey(last, before) ? "likely" : "none";
}

/** Whether the value of a field or a variable is secret: its name says so, or suggests it and the value looks like a key. */
export function isSecretField(secrecy: Secrecy, value: string): boolean {
  return secrecy === "secret" || (secrecy === "likely" && isRandomKey(value));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

function isQualifier(word: string): boolean {
  return QUALIFIERS.has(word) || /^\d{1,2}$/.test(word);
}

function isSecretWord(last: string, before: string): boolean {
  if (WHOLE_WORDS.includes(last) || FIELDS.has(last) || FIELDS.has(before + last)) return true;
  if (SECRET_WORDS.some((word) => last.endsWith(word))) return true;
  if (before !== "" && WORDS_AFTER_A_WORD.includes(last)) return true;
  if (!last.endsWith("key")) return false;
  const purpose = last.slice(0, -"key".length);
  return SECRET_KEYS.some((word) => (purpose === "" ? before === word : purpose.endsWith(word)));
}

function isLikelyKey(last: string, before: string): boolean {
  if (!/keys?$/.test(last)) return false;
  const purpose = last.replace(/keys?$/, "") || before;
  return purpose !== "" && !OTHER_KEYS.has(purpose) && !/^pub|pub(?:lic)?$/.test(purpose);
}
