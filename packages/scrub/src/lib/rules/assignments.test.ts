import { describe, expect, it } from "vitest";
import { createScrubber } from "../../index.js";

const { scrubText } = createScrubber();
const scrubbed = (text: string) => scrubText(text).text;
/** As a machine makes them, from pieces. */
const KEY = ["q7Rk2", "ZtW9b", "Xc4Lm8", "Vd1Np"].join("");
const UUID = "3f2b8c1d-9a47-4e60-b5d2-71c0e8f4a963";
const PASSWORD = "hunter2Xyz9Q";

/** Each names one value, as `@`; the rest stays. */
function masks(value: string, lines: readonly string[]) {
  it.each(lines)("masks %s", (line) => {
    expect(scrubbed(line.replaceAll("@", value))).toBe(line.replaceAll("@", "<redacted>"));
  });
}

describe("a value after its name, as languages write it", () => {
  masks(KEY, [
    'API_TOKEN ::= "@"',
    'API_TOKEN :::= "@"',
    'API_TOKEN ?= "@"',
    'api_token ??= "@"',
    '$apiToken .= "@"',
    'var apiToken string = "@"',
    'const TOKEN: &str = "@";',
    'let token: string = "@";',
    'char password[] = "@";',
    'private static final String API_KEY = "@";',
    'string apiToken = "@";',
    "apiToken := `@`",
    'System.setProperty("API_TOKEN", "@")',
    '  "apiToken" => "@"',
    "<apiToken>@</apiToken>",
    "<apiToken>\n    @\n</apiToken>",
    '<entry key="api.token">@</entry>',
    '<add key="ApiToken" value="@" />',
    '"DB_PASSWORD": "@"',
    "--db-pass @ --verbose",
    "-Password @ -Force",
    "secret @",
    "Generated token @",
    "API key created: @",
    "API key created successfully: @",
    "client secret @",
    "Your API key is @",
    'variable "api_token" {\n  default = "@"\n}',
    '"method": "auth.login_with_api_key", "params": ["@"]',
    'if (request.token === "@") {',
    "Use the following password to proceed to installation:\n\n@\n",
  ]);
  masks("super$ecret", ['password = "@"', 'my_password := "@"', '"password": "@",']);
  masks("centipede", ['ensure the password is "@" and press', "The default Password is '@'"]);
});

describe("a name that only suggests a secret", () => {
  masks(KEY, ["stripe_key: @", "adobeKey = @", 'encryptKey: "@"', "Using Key=@", "MAPS_KEY=@"]);
  masks(UUID, ["stripe_key: @", "snyk secret @"]);

  it.each([
    "cache_key: 3f2b8c1d9a474e60b5d271c0e8f4a963",
    "public_key = AAAAB3NzaC1yc2EAAAADAQABAAABgQC7",
    "key=3f2b8c1d9a474e60b5d271c0e8f4a963",
    "restored from key linux-node-3f2b8c1d9a474e60b5d271c0e8f4a963",
    "tpmkey:uuid=3f2b8c1d-9a47-4e60-b5d2-71c0e8f4a963",
    "--pinnedpubkey 'sha256//3f2b8c1d9a474e60b5'",
    'toolskey = "VS%0.f0COMNTOOLS"',
    "a.Token=a.Location=void 0",
    "'token1': \"Hello\", 'token2': \"World!\\n\"",
    `_pwd="\\$\${!dir}\${PWD#$dir}"`,
    "sort_key: createdAt, primaryKey: userId2",
    "hotkey: Ctrl+Shift+P, foreign_key: users_id_fkey_2",
    " /etc/chromium.d/apikeys 4f20b0c45a8822b697dc9e36e6744037",
    "token check ok, secret santa, the key takeaways",
  ])("leaves %s", (line) => {
    expect(scrubbed(line)).toBe(line);
  });
});

describe("a value in quotes", () => {
  it.each([
    ["DB_PASSWORD='v3ry S3cret9 x'", "DB_PASSWORD='<redacted>'"],
    ['export WALLET_PASSPHRASE="correct horse battery staple"', 'export WALLET_PASSPHRASE="<redacted>"'],
    ['{"password":"abcdef12\\"ghijklm34"}', '{"password":"<redacted>"}'],
    ['"{\\"password\\":\\"abcdef12ghijklm34\\"}"', '"{\\"password\\":\\"<redacted>\\"}"'],
    ["password = 'ab;cd,ef&9!X'", "password = '<redacted>'"],
  ])("is masked whole: %s", (line, expected) => {
    expect(scrubbed(line)).toBe(expected);
  });

  it.each([
    'PASSWORD_ERROR="No password given for 2 hosts"',
    'password: "Enter the 2nd password"',
    'ERR_PASSWORD="no such file found here"',
  ])("is no sentence: %s", (line) => {
    expect(scrubbed(line)).toBe(line);
  });
});

describe("names that every list has", () => {
  masks(
    PASSWORD,
    "DB_PASS HOME_PSK GH_PAT PASSCODE APP_JWT ROOT_PW TOKEN_2 PASSWORD_PROD B2_KEY API_KEYS"
      .split(" ")
      .map((name) => `${name}=@`),
  );
});

describe("a user of a URL that is a key", () => {
  it.each([
    [`https://${KEY}@localhost/r`, "https://<redacted>@localhost/r"],
    [`https://${KEY}:x-oauth-basic@git.example/r`, "https://<redacted>:x-oauth-basic@git.example/r"],
    ["https://build-agent-of-the-team@localhost/r", "https://build-agent-of-the-team@localhost/r"],
  ])("%s", (line, expected) => {
    expect(scrubbed(line)).toBe(expected);
  });
});
