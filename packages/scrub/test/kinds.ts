/** A kind of secret: how it is in text, and what of it must not be seen afterwards. */
export interface Kind {
  readonly name: string;
  /** Makes one from a source of randomness. */
  make(random: Random): Planted;
}

/** A secret in its carrier. */
export interface Planted {
  readonly carrier: string;
  readonly secret: string;
}

/** A number from 0 to 1. */
export type Random = () => number;

/** A secret that only a configuration knows. */
export const LITERAL: Planted = { carrier: "Correct-h0rse/battery", secret: "Correct-h0rse/battery" };

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BASE62 = `${UPPER}${UPPER.toLowerCase()}0123456789`;
const URL_SAFE = `${BASE62}_-`;
const HEX = "0123456789abcdef";

/** A random text; one of letters and digits has both, as random ones nearly always have. */
function text(random: Random, alphabet: string, length: number): string {
  const chars = Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)] ?? "a");
  if (alphabet.startsWith(BASE62)) [chars[0], chars[1], chars[2]] = ["k", "7", "Q"];
  return chars.join("");
}

function token(name: string, prefix: string, alphabet: string, length: number): Kind {
  return {
    name,
    make(random) {
      const secret = prefix + text(random, alphabet, length);
      return { carrier: secret, secret };
    },
  };
}

function inContext(name: string, before: string, length: number, after = ""): Kind {
  return {
    name,
    make(random) {
      const secret = text(random, BASE62, length);
      return { carrier: before + secret + after, secret };
    },
  };
}

function whole(name: string, make: (random: Random) => string): Kind {
  return {
    name,
    make(random) {
      const secret = make(random);
      return { carrier: secret, secret };
    },
  };
}

function openAi(prefix: string, length: number): Kind {
  return whole(
    `openai ${prefix}`,
    (random) => `${prefix}${text(random, BASE62, length)}T3BlbkFJ${text(random, BASE62, length)}`,
  );
}

function jwt(random: Random): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256" })}.${part({ sub: text(random, HEX, 12) })}.${text(random, URL_SAFE, 43)}`;
}

function basicHeader(random: Random): Planted {
  const secret = Buffer.from(`user:${text(random, BASE62, 13)}`).toString("base64");
  return { carrier: `Authorization: Basic ${secret}`, secret };
}

/** More than forty kinds of secrets. */
export const KINDS: readonly Kind[] = [
  ...["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map((prefix) => token(`github ${prefix}`, prefix, BASE62, 36)),
  token("github fine-grained", "github_pat_", BASE62, 82),
  token("gitlab", "glpat-", URL_SAFE, 20),
  ...["AKIA", "ASIA", "ABIA", "ACCA"].map((prefix) => token(`aws ${prefix}`, prefix, `${UPPER}234567`, 16)),
  token("google", "AIza", URL_SAFE, 35),
  ...["xoxb-", "xoxp-", "xapp-"].map((prefix) => token(`slack ${prefix}`, prefix, BASE62, 40)),
  ...["sk_live_", "sk_test_", "rk_live_", "rk_test_"].map((prefix) =>
    token(`stripe ${prefix}`, prefix, BASE62, 24),
  ),
  ...["sk-proj-", "sk-svcacct-", "sk-admin-"].map((prefix) => openAi(prefix, 58)),
  openAi("sk-", 20),
  token("anthropic api", "sk-ant-api03-", URL_SAFE, 95),
  token("anthropic admin", "sk-ant-admin01-", URL_SAFE, 95),
  token("npm", "npm_", BASE62, 36),
  token("pypi", "pypi-AgEIcHlwaS5vcmc", URL_SAFE, 70),
  token("hugging face", "hf_", BASE62, 34),
  token("digitalocean", "dop_v1_", HEX, 64),
  whole("sendgrid", (random) => `SG.${text(random, URL_SAFE, 22)}.${text(random, URL_SAFE, 43)}`),
  token("vault", "hvs.", URL_SAFE, 95),
  token("telegram", "123456789:AA", URL_SAFE, 33),
  token("google oauth", "ya29.", URL_SAFE, 120),
  token("docker oat", "dckr_oat_", URL_SAFE, 32),
  token("argon2 hash", "$argon2id$v=19$m=65536,t=3,p=4$", BASE62, 66),
  whole("jwt", jwt),
  inContext("password in a URL", "postgres://app:", 14, "@db.example/x"),
  inContext("npmrc", "//registry.example/:_authToken=", 36),
  inContext("bearer header", "Authorization: Bearer ", 32),
  { name: "basic header", make: basicHeader },
  inContext("api key in JSON", '{"api_key":"', 24, '"}'),
  inContext("password variable", "DB_PASSWORD=", 16),
  inContext("token option", "--token=", 20),
  inContext("private key", "-----BEGIN PRIVATE KEY-----\\n", 64, "\\n-----END PRIVATE KEY-----"),
  inContext("aws secret key", "aws_secret_access_key = ", 40),
  { name: "literal secret", make: () => LITERAL },
  token("user's rule", "acme_", BASE62, 20),
];

function inPlace(name: string, before: string, secret: string, after = ""): Kind {
  return { name, make: () => ({ carrier: before + secret + after, secret }) };
}

/** Secrets that only their place distinguishes from ordinary words. */
export const PASSWORDS: readonly Kind[] = [
  inPlace("short in a URL", "postgres://app:", "hunter2", "@db/x"),
  inPlace("with a sign in a URL", "https://bob:", "s3cret!", "@localhost:8080/"),
  inPlace("word and year in a URL", "mongodb+srv://bob:", "Summer24", "@cluster0.example.net/db"),
  inPlace("in a variable", "DB_PASSWORD=", "hunter22"),
  inPlace("with a sign in a variable", "export MYSQL_PASSWORD=", "Summer2024!"),
  inPlace("in JSON", '{"password": "', "hunter22", '"}'),
  inPlace("in YAML", "password: ", "hunter22x"),
  inPlace("in XML", "<password>", "hunter22xY", "</password>"),
  inPlace("option", "--password=", "hunter22"),
  inPlace("curl", "curl -u bob:", "hunter22", " https://example.com/"),
  inPlace("mysql", "mysql -u root -p", "hunter22", " db"),
  inPlace("sshpass", "sshpass -p ", "hunter22", " ssh host"),
  inPlace("docker", "docker login -u bob -p ", "hunter22", " registry"),
  inPlace("netrc", "machine h login bob password ", "hunter22"),
  inPlace("SQL", "ALTER USER x IDENTIFIED BY '", "hunter22", "';"),
  inPlace("short bearer header", "Authorization: Bearer ", "abc123def456ghi"),
  inPlace("other scheme", "Authorization: Token ", "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b"),
  inPlace("cookie", "Set-Cookie: session=", "k7Q0123456789abcdefABC", "; Path=/"),
  inPlace("signature", "https://h/x?sig=", "k7Q0123456789abcdefABCDEF0123456789ABC%3D", "&x=1"),
  inPlace("key in a variable", "OPENAI_API_KEY=", "k7Qabcdefghijklm1234"),
];

/** Every twelve characters of a secret. */
export function partsOf(secret: string): string[] {
  const length = Math.min(12, secret.length);
  return Array.from({ length: secret.length - length + 1 }, (_, at) => secret.slice(at, at + length));
}

/** A source of randomness that a seed decides (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
