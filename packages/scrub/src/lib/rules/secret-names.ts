const SECRET = new Set(
  "token secret password passwd passphrase passcode pass psk mnemonic pwd apikey accesskey secretkey privatekey authkey signingkey encryptionkey masterkey accountkey credential credentials authorization authtoken accesstoken refreshtoken clientsecret sessiontoken bearertoken auth connectionstring".split(
    " ",
  ),
);

/** The same, if a word comes before: `GITHUB_PAT`, `session_jwt`. */
const SECRET_AFTER_A_WORD = new Set(["pat", "jwt", "pw"]);

/** Whether the name of a field or of a variable says that its value is secret: `api_key`, `GITHUB_TOKEN`, `clientSecret`. */
export function saysSecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const [beforeLast = "", last = ""] = [words.at(-2), words.at(-1)];
  if (SECRET.has(last) || SECRET.has(beforeLast + last)) return true;
  return beforeLast !== "" && SECRET_AFTER_A_WORD.has(last);
}
