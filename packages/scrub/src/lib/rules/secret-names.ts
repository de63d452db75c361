const SECRET = new Set(
  "token secret password passwd passphrase pwd apikey accesskey secretkey privatekey authkey signingkey encryptionkey masterkey accountkey credential credentials authorization authtoken accesstoken refreshtoken clientsecret sessiontoken bearertoken auth connectionstring".split(
    " ",
  ),
);

/** Whether the name of a field or of a variable says that its value is secret: `api_key`, `GITHUB_TOKEN`, `clientSecret`. */
export function saysSecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const [beforeLast = "", last = ""] = [words.at(-2), words.at(-1)];
  return SECRET.has(last) || SECRET.has(beforeLast + last);
}
