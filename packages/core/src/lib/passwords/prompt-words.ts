/**
 * What prompts call a secret, by language. Words of one language are matched in every other: a program and its user may not
 * share one.
 */
const SECRET_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: [
    "password",
    "passwd",
    "passphrase",
    "pass phrase",
    "passcode",
    "pass code",
    "pin",
    "pin code",
    "key",
    "token",
    "secret",
    "otp",
    "2fa",
    "mfa",
    "code",
    "seed phrase",
    "recovery phrase",
  ],
  de: ["passwort", "kennwort", "passphrase", "schlüssel", "geheimnis", "geheimzahl", "losungswort", "mantra"],
  fr: ["mot de passe", "phrase de passe", "phrase secrète", "code secret", "clé", "clef", "jeton"],
  es: ["contraseña", "contrasena", "frase de paso", "frase de contraseña", "clave", "ficha", "secreto"],
  pt: ["senha", "palavra-passe", "palavra passe", "frase secreta", "frase-passe", "chave", "segredo"],
  it: [
    "parola d'ordine",
    "parola chiave",
    "frase segreta",
    "frase d'accesso",
    "chiave",
    "segreto",
    "gettone",
  ],
  nl: ["wachtwoord", "wachtwoordzin", "wachtzin", "sleutel", "geheim", "pincode", "toegangscode"],
  pl: ["hasło", "haslo", "klucz", "kod", "sekret"],
  cs: ["heslo", "heslová fráze", "přístupová fráze", "klíč", "tajemství"],
  sv: ["lösenord", "lösenfras", "lösen", "nyckel", "hemlighet", "pinkod"],
  da: ["adgangskode", "adgangssætning", "kodeord", "nøgle", "hemmelighed"],
  nb: ["passord", "passfrase", "nøkkel", "hemmelighet"],
  fi: ["salasana", "salalause", "tunnuslause", "avain", "tunnusluku"],
  hu: ["jelszó", "jelmondat", "kulcs"],
  tr: ["parola", "şifre", "sifre", "anahtar", "gizli"],
  ru: ["пароль", "парольная фраза", "ключ", "пин", "пин-код", "код", "секрет", "токен"],
  uk: ["пароль", "ключ", "секрет"],
  el: ["κωδικός", "συνθηματικό", "κλειδί"],
  ja: ["パスワード", "パスフレーズ", "パスコード", "暗証番号", "秘密鍵", "鍵", "トークン", "キー"],
  zh: ["密码", "密碼", "口令", "密钥", "密鑰", "令牌", "暗号", "验证码", "驗證碼"],
  ko: ["암호", "비밀번호", "패스워드", "비밀구절", "열쇠", "토큰"],
  ar: ["كلمة المرور", "كلمة السر", "عبارة المرور", "مفتاح"],
  hi: ["पासवर्ड", "कूटशब्द"],
};

/** A question for one key, or for a key of the keyboard, is not a question for a secret. */
const NO_PROMPT = [
  /\bany\s+key\b/iu,
  /\b(?:press|hit|strike|push)\b[^:]{0,30}\bkey\b/iu,
  /\b(?:choose|pick|select|which)\b[^:]{0,30}\bkeys?\b/iu,
  /\bkey\s*(?:bindings?|map|press|stroke)/iu,
  /[[(]\s*(?:y(?:es)?\s*[/|]\s*n(?:o)?|n(?:o)?\s*[/|]\s*y(?:es)?|j\s*\/\s*n|o\s*\/\s*n|s\s*\/\s*n)(?:\s*[/|][^\])]{0,20})?\s*[\])]/iu,
  /\b(?:beliebige\s+taste|une\s+touche|cualquier\s+tecla|qualquer\s+tecla|un\s+tasto|een\s+toets)\b/iu,
];

/** A word this long is also found at the end of another, as in `Benutzerpasswort`. */
const COMPOUND_LENGTH = 6;

/** Made when it is needed: it takes 2 ms. */
let promptWord: RegExp | undefined;

/** Where the last word for a secret is in a text in NFC; null if there is none, or if the text asks for something else. */
export function findPromptWord(text: string): { start: number; end: number } | null {
  const plain = text.normalize("NFC");
  if (NO_PROMPT.some((pattern) => pattern.test(plain))) return null;
  let found: { start: number; end: number } | null = null;
  promptWord ??= new RegExp(alternatives().join("|"), "giu");
  for (const { 0: word, index } of plain.matchAll(promptWord))
    found = { start: index, end: index + word.length };
  return found;
}

function alternatives(): string[] {
  const words = [...new Set(Object.values(SECRET_WORDS).flat())].sort((a, b) => b.length - a.length);
  return words.map((word) => {
    const pattern = word.replaceAll(" ", "\\s+");
    // Scripts without blanks between words have no word boundaries.
    if (/[\u3040-\u30ff\u3400-\u9fff]/.test(word)) return pattern;
    const before = word.length >= COMPOUND_LENGTH ? "" : "(?<![\\p{L}\\p{N}])";
    return `${before}${pattern}(?![\\p{L}\\p{N}])`;
  });
}
