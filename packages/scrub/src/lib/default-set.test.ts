import { applyMask } from "@cassette/format";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createToyScreen } from "../../test/toy-screen.js";
import { createScrubber } from "./create-scrubber.js";
import { EDGE } from "./stream/lane.js";

const TOKEN = "ghp_aB3dE6fGh1JkLmN0pQrStUvWxYz12345678k";
const PASSWORD = "hunter2Xyz9Q";
const base64 = (text: string) => Buffer.from(text).toString("base64");

const scrubber = createScrubber({
  home: "/home/alicesmith",
  worktree: "/home/alicesmith/src/proj",
  names: ["alicesmith", "bigmachine", "bob", "ubuntu"],
  accountIdentifiers: ["acct-12345"],
  secrets: ["Correct-h0rse/battery", "line one secret\nline two secret", "Zoë-pässwört-1"],
  env: { HOME: "/home/alicesmith", NPM_TOKEN: "qwertz-9876", PLAIN: "not-a-secret-1", DB_PASSWORD: "***" },
});
const scrubbed = (text: string) => scrubber.scrubText(text).text;

describe("a long text", () => {
  const SIZE = 1 << 20;

  it("is judged alike wherever it is", async () => {
    // Broken off in its first word, the second row would be the rest of a value.
    const pair = "a bearer password\n2023-11-14T22:32:17.785Z DEBUG frame\n";
    const lines = Array.from({ length: SIZE / 64 }, (_, line) => "x".repeat(line % 17) + pair);
    const bytes = Buffer.from(lines.join(""));
    const { report } = await scrubber.scrubStream([{ bytes }]);
    expect(report.hit_counts).toEqual({});
  });

  it("holds back nothing at any place", async () => {
    const lines = Array.from({ length: SIZE / 32 }, (_, line) => `${"x".repeat(line % 17)} ${TOKEN}\n`);
    const bytes = Buffer.from(lines.join(""));
    const { mask, report } = await scrubber.scrubStream([{ bytes }]);
    expect(report.hit_counts).toEqual({ "github-token": lines.length });
    expect(Buffer.from(applyMask(mask, bytes, 0)).includes("ghp_")).toBe(false);
  });

  it("holds back nothing at an edge that is free only when its neighbour is masked", async () => {
    const name = "alicesmith";
    for (let at = EDGE - name.length - TOKEN.length; at <= EDGE; at++) {
      const bytes = Buffer.from(`${". ".repeat(EDGE).slice(-at)}${name}${TOKEN}${" .".repeat(EDGE)}`);
      const { mask } = await scrubber.scrubStream([{ bytes }]);
      expect(Buffer.from(applyMask(mask, bytes, 0)).includes(name), `at ${at}`).toBe(false);
    }
  });
});

describe("what is broken at a row's end", () => {
  const value = "91kHnJ8QKgauhKs/X6Gbr0iefKsZx2bEnVe4KNN7";
  const broken = `${value.slice(0, 18)}\r\n${value.slice(18)}`;

  it.each([
    `"secret_access_key": "${broken}",\r\n`,
    `"secret_access_key": "${broken}==",\r\n`,
    `SECRET_ACCESS_KEY=${broken}==\r\n`,
    `{"password": "${broken}"}\r\n`,
    `DB_PASSWORD='${broken}'\r\n`,
    `"Authorization: Bearer ${broken}"\r\n`,
    `https://x.example/y?access_token=${broken}&z=1\r\n`,
    `"password": "${value.replace(/.{10}/g, "$&\r\n")}"`,
    `curl -H 'Authorization: Bearer ${value.slice(0, 4)}\r\n${value.slice(4)}' and more`,
    `use sk-ant-api03-${value.replace("/", "")}\r\n${value.replace("/", "")} here`,
    `  API_SECRET=${broken} here`,
    `at Authorization: Bearer  \b\x1b[2;1H ${value} here`,
    `aws_session_token = ${value.repeat(18).replace(/.{60}/g, "$&\r\n")}\r\n`,
  ])("is masked whole: %j", async (text) => {
    const bytes = Buffer.from(text);
    const { mask } = await scrubber.scrubStream([{ bytes }]);
    const masked = Buffer.from(applyMask(mask, bytes, 0)).toString();
    expect(partsOf(value, 5).filter((part) => masked.includes(part))).toEqual([]);
    const scrubbed = scrubber.scrubText(text).text;
    expect(partsOf(value, 5).filter((part) => scrubbed.includes(part))).toEqual([]);
  });

  it.each([
    [`DB_PASSWORD=${PASSWORD}`, "done", "README.md", "src/index.ts", "$ ls"],
    [`Authorization: Bearer ${PASSWORD}`, "OK", "8080"],
    [`Token: ${"0a".repeat(20)}`, "finished"],
    [TOKEN, "main"],
    [`$argon2id$v=19$m=65536,t=3,p=4$${"aB3dE6fGh1".repeat(7)}`, ":"],
    [`sk-ant-api03-${"aB3dE6fGh1".repeat(9)}`, "~", "~"],
    [`+GITHUB_TOKEN=${TOKEN}`, "+DEBUG=true", "+PORT=8080", "-LEVEL=3"],
  ])("leaves the lines after it: %j", async (...lines) => {
    const bytes = Buffer.from(lines.join("\r\n"));
    const { mask } = await scrubber.scrubStream([{ bytes }]);
    const [, ...rest] = Buffer.from(applyMask(mask, bytes, 0))
      .toString()
      .split("\r\n");
    expect(rest).toEqual(lines.slice(1));
  });

  function partsOf(secret: string, length: number): string[] {
    return Array.from({ length: secret.length - length + 1 }, (_, at) => secret.slice(at, at + length));
  }
});

describe("a row that vim made the terminal wrap", () => {
  it("is one with the next, though its last character was written twice", async () => {
    const bytes = Buffer.from("use AKIACJZW6E3QQ\x1b[11;1HNSTTGWCD and more");
    const { mask } = await scrubber.scrubStream([{ bytes }]);
    const masked = Buffer.from(applyMask(mask, bytes, 0)).toString();
    expect(masked).toBe("use ************Q\x1b[11;1H******** and more");
  });
});

describe("a screen that shows the beginning of one secret before the rest of another", () => {
  it("hides neither", async () => {
    const [first, second] = ["a".repeat(8) + "Q7".repeat(20), "b".repeat(8) + "Z9".repeat(20)];
    const chunks = [`\x1b[2J\x1b[1;1Hsk-ant-${first}\r\n`, `\x1b[1;16H${second}\r\n`].map((text) => ({
      bytes: Buffer.from(text),
    }));
    const { mask } = await scrubber.scrubStream(chunks, {
      provenance: createToyScreen({ rows: 4, cols: 80 }),
    });
    const masked = Buffer.from(
      applyMask(mask, Buffer.concat(chunks.map(({ bytes }) => bytes)), 0),
    ).toString();
    expect(masked).not.toMatch(/Q7|Z9/);
  });
});

describe("a part of a secret that is whole elsewhere in a stream", () => {
  const token = "ghp_k7Q4e69r1lBiifXxuHeBXFk7QrdDX9RCrx6y";
  const tail = token.slice(20);

  async function masked(text: string, allow: string[] = []): Promise<string> {
    const bytes = Buffer.from(text);
    const { mask } = await createScrubber({ allow }).scrubStream([{ bytes }]);
    return Buffer.from(applyMask(mask, bytes, 0)).toString();
  }

  it("is masked, before it and after", async () => {
    for (const text of [
      `use ${token}\n${"\n".repeat(2e5)}\x1b[H${tail} then`,
      `${tail} then\n\n\nuse ${token}\n`,
    ])
      expect(await masked(text)).not.toContain(tail.slice(0, 12));
  });

  it("is left if it is too short, if what it is part of is allowed, or if it is a word", async () => {
    const short = `${token}\n\n${token.slice(-11)} then`;
    expect(await masked(short)).toContain(token.slice(-11));
    const allowed = `${token}\n\n${tail} then`;
    expect(await masked(allowed, [token])).toBe(allowed);
    for (const [value, part] of [
      [
        "DB_SECRET=arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf",
        "arn:aws:lambda:us-east-1:123456789012:function:x",
      ],
      ['ssh_private_key = "/home/ubuntu/.ssh/id_ed25519"', "/home/ubuntu/.ssh/id_ed25519.pub"],
      ["CACHE_KEY=linux-x64-node-20.11.1-npm-8c1e5f3a", "linux-x64-node-20.11.1-npm"],
      [`sk-ant-api03-${"kR7Q".repeat(20)}`, "it begins with sk-ant-api03-..."],
      ["SESSION_SECRET_KEY=0123456789abcdef0123456789abcdef", 'const HEX = "0123456789abcdef";'],
    ]) {
      expect(await masked(`${value}\n\n${part}\n`)).toContain(part);
    }
    const word = "password=7_configuration_of_servers\nthe configuration_of_servers is";
    expect(await masked(word)).toContain("the configuration_of_servers is");
  });
});

describe("a secret of cells from before that is gone at once", () => {
  const token = `ghp_${"k7Q4e69r1l".repeat(6)}`;
  /** Draws some characters and goes over the others. */
  const draw = (isDrawn: (index: number) => boolean) =>
    [...token].map((char, index) => (isDrawn(index) ? char : "\x1b[C")).join("");

  it.each([
    ["drawn over", (index: number) => index % 2 === 0, " ".repeat(64)],
    ["erased", (index: number) => index > 3, "\x1b[2J"],
  ])("is masked before it is %s", async (_, isFirst, last) => {
    const second = `\x1b[2;1H${draw((index) => !isFirst(index))}`.replace(/(?:\x1b\[C)+$/, "");
    const chunks = [`\x1b[2;1H${draw(isFirst)}`, `${second}\x1b[2;1H${last}`].map((text) =>
      Buffer.from(text),
    );
    const provenance = createToyScreen({ rows: 4, cols: 80 });
    const events = chunks.map((bytes) => ({ bytes }));
    const { mask } = await scrubber.scrubStream(events, { provenance });
    const shown = Buffer.from(applyMask(mask, Buffer.concat(chunks), 0)).toString();
    expect(shown.replaceAll(/\x1b\[(?:2;1H|2J|C)/g, "").trim()).toBe("*".repeat(64));
  });
});

describe("a secret that a read of its own completes", () => {
  it("is masked before the next read erases it", async () => {
    const token = `ghp_${"k7Q4e69r1l".repeat(4)}`;
    const chunks = [`${token.slice(0, 20)}#`, "\b \b", `${token.slice(20)}\r\n`, "\x1b[2J"];
    const provenance = createToyScreen({ rows: 4, cols: 80 });
    const events = chunks.map((text) => ({ bytes: Buffer.from(text) }));
    const { mask } = await scrubber.scrubStream(events, { provenance });
    const shown = Buffer.from(applyMask(mask, Buffer.from(chunks.join("")), 0)).toString();
    expect(shown).toBe(`${"*".repeat(20)}#\b \b${"*".repeat(24)}\r\n\x1b[2J`);
  });
});

describe("what the screen's edge cut off", () => {
  it.each([
    ["SG.k7Q4e69r1lBiifXxuHeBXF.k7QrdDX9RCrx6yh", "*".repeat(41)],
    ["use ghp_aB3dE6fGh1JkLm", `use ${"*".repeat(18)}`],
    ["│ glsa_aB3dE6fGh1JkLm │", `│ ${"*".repeat(19)} │`],
    ["use ghp_aB3dE6fGh1JkLm\nthen go on", `use ${"*".repeat(18)}\nthen go on`],
    ["use AKIA7QXG2BTR5MZW\nthen go on", `use ${"*".repeat(16)}\nthen go on`],
    ["AIzaSyA7dE6fGh1JkLm2\nthen go on", `${"*".repeat(20)}\nthen go on`],
    ["use ghp_aB3dE6fGh1JkLm as an example", "use ghp_aB3dE6fGh1JkLm as an example"],
    ["from hf_transfer\nimport re_match_Object", "from hf_transfer\nimport re_match_Object"],
  ])("is masked if it is telling: %j", async (text, wanted) => {
    const bytes = Buffer.from(text);
    const { mask } = await scrubber.scrubStream([{ bytes }]);
    expect(Buffer.from(applyMask(mask, bytes, 0)).toString()).toBe(wanted);
  });
});

describe("scrubText, secrets", () => {
  const cases: [text: string, scrubbed: string][] = [
    [TOKEN, "<redacted>"],
    [`x${TOKEN},`, "x<redacted>,"],
    ["AKIAABCDEFGHIJKLMNOP", "<redacted>"],
    ["Authorization: Bearer abc.def", "Authorization: Bearer <redacted>"],
    [`Authorization: Basic ${base64(`bob:${PASSWORD}`)}`, "Authorization: Basic <redacted>"],
    [`{"auth":"${base64(`bob:${PASSWORD}`)}"}`, '{"auth":"<redacted>"}'],
    [`postgres://app:${PASSWORD}@db.example/x`, "postgres://app:<redacted>@db.example/x"],
    [`"https:\\/\\/app:${PASSWORD}@db.example.org\\/x"`, '"https:\\/\\/app:<redacted>@db.example.org\\/x"'],
    [`{"api_key":"${PASSWORD}"}`, '{"api_key":"<redacted>"}'],
    [
      "password=$ecr3tPass '%x9%y8%z7' secret: \"(abc123XYZ\"",
      "password=<redacted> '%x9%y8%z7' secret: \"<redacted>\"",
    ],
    [`{\\"api_key\\":\\"${PASSWORD}\\"}`, '{\\"api_key\\":\\"<redacted>\\"}'],
    [`      + password                 = "${PASSWORD}"`, `      + password                 = "<redacted>"`],
    [`DB_PASSWORD:            ${PASSWORD}`, `DB_PASSWORD:            <redacted>`],
    [`password    ${PASSWORD}\n`, `password    <redacted>\n`],
    [`| password | ${PASSWORD} |`, `| password | <redacted> |`],
    [`│ password │ ${PASSWORD} │`, `│ password │ <redacted> │`],
    [`set -gx DB_PASSWORD ${PASSWORD}`, `set -gx DB_PASSWORD <redacted>`],
    [`ENV DB_PASSWORD ${PASSWORD}`, `ENV DB_PASSWORD <redacted>`],
    [`- name: DB_PASSWORD\n  value: ${PASSWORD}`, `- name: DB_PASSWORD\n  value: <redacted>`],
    [`{"name":"DB_PASSWORD","value":"${PASSWORD}"}`, `{"name":"DB_PASSWORD","value":"<redacted>"}`],
    [`<add key="DbPassword" value="${PASSWORD}"/>`, `<add key="DbPassword" value="<redacted>"/>`],
    [`"db_password":{"value":"${PASSWORD}"}`, `"db_password":{"value":"<redacted>"}`],
    [`password: |\n  ${PASSWORD}\n`, `password: |\n  <redacted>\n`],
    [`["--password","${PASSWORD}"]`, `["--password","<redacted>"]`],
    [`('password', '${PASSWORD}')`, `('password', '<redacted>')`],
    [`\\\\\\"password\\\\\\":\\\\\\"${PASSWORD}\\\\\\"`, `\\\\\\"password\\\\\\":\\\\\\"<redacted>\\\\\\"`],
    [`**Password**: ${PASSWORD}`, `**Password**: <redacted>`],
    [`- **Password:** ${PASSWORD}`, `- **Password:** <redacted>`],
    [`API key: ${PASSWORD}`, `API key: <redacted>`],
    [`AWS Secret Access Key [None]: ${PASSWORD}`, `AWS Secret Access Key [None]: <redacted>`],
    [`Unseal Key 1: ${PASSWORD}`, `Unseal Key 1: <redacted>`],
    [`New password for bob: ${PASSWORD}`, `New password for bob: <redacted>`],
    [`DB_PASSWORD=kdWq;82hLpX4z`, `DB_PASSWORD=<redacted>`],
    [`DB_PASSWORD=kdWq82(hLpX4z`, `DB_PASSWORD=<redacted>`],
    [`DB_PASSWORD=k9#Lp&Xz4$Tq!w`, `DB_PASSWORD=<redacted>`],
    [`"DB_PASSWORD=kdWq82h,LpX4zzz9",`, `"DB_PASSWORD=<redacted>",`],
    [`export A_TOKEN=${PASSWORD}; make`, `export A_TOKEN=<redacted>; make`],
    [`"password": "p4ss'word9X"`, `"password": "<redacted>"`],
    [`APP_KEY=${PASSWORD}`, `APP_KEY=<redacted>`],
    [`SECRET_KEY_BASE=${PASSWORD}`, `SECRET_KEY_BASE=<redacted>`],
    [`DB_PASS=${PASSWORD}`, `DB_PASS=<redacted>`],
    [`SMTP_PASS=${PASSWORD}`, `SMTP_PASS=<redacted>`],
    [`smtpPass=${PASSWORD}`, `smtpPass=<redacted>`],
    [`ansible_become_pass=${PASSWORD}`, `ansible_become_pass=<redacted>`],
    [`LDAP_BIND_PW=${PASSWORD}`, `LDAP_BIND_PW=<redacted>`],
    [`FERNET_KEY=${PASSWORD}`, `FERNET_KEY=<redacted>`],
    [`DD_APP_KEY=${PASSWORD}`, `DD_APP_KEY=<redacted>`],
    [`OPENAI_KEY=${PASSWORD}`, `OPENAI_KEY=<redacted>`],
    [`SUPABASE_SERVICE_ROLE_KEY=${PASSWORD}`, `SUPABASE_SERVICE_ROLE_KEY=<redacted>`],
    [`AZURE_STORAGE_KEY=${PASSWORD}`, `AZURE_STORAGE_KEY=<redacted>`],
    [`NEW_RELIC_LICENSE_KEY=${PASSWORD}`, `NEW_RELIC_LICENSE_KEY=<redacted>`],
    [`SHARED_KEY=${PASSWORD}`, `SHARED_KEY=<redacted>`],
    [`SESSION_KEY=${PASSWORD}`, `SESSION_KEY=<redacted>`],
    [`JWT_KEY=${PASSWORD}`, `JWT_KEY=<redacted>`],
    [`JWT=${PASSWORD}`, `JWT=<redacted>`],
    [`HMAC_KEY=${PASSWORD}`, `HMAC_KEY=<redacted>`],
    [`GH_PAT=${PASSWORD}`, `GH_PAT=<redacted>`],
    [`SECRET_ID=${PASSWORD}`, `SECRET_ID=<redacted>`],
    [`psk=${PASSWORD}`, `psk=<redacted>`],
    [`PASSCODE=${PASSWORD}`, `PASSCODE=<redacted>`],
    [`PASSWORD1=${PASSWORD}`, `PASSWORD1=<redacted>`],
    [`TOKEN_PROD=${PASSWORD}`, `TOKEN_PROD=<redacted>`],
    [`GITHUB_TOKEN_READONLY=${PASSWORD}`, `GITHUB_TOKEN_READONLY=<redacted>`],
    [`API_KEYS=${PASSWORD}`, `API_KEYS=<redacted>`],
    [`B2_KEY=${PASSWORD}`, `B2_KEY=<redacted>`],
    [
      `$ gh auth login \n$ curl -u bob:${PASSWORD} https://x`,
      `$ gh auth login \n$ curl -u bob:<redacted> https://x`,
    ],
    [`curl -sSu bob:${PASSWORD} https://x`, `curl -sSu bob:<redacted> https://x`],
    [`curl -X POST \\\n  -u bob:${PASSWORD} https://x`, `curl -X POST \\\n  -u bob:<redacted> https://x`],
    [`docker exec mysql redis-cli -a ${PASSWORD}`, `docker exec mysql redis-cli -a <redacted>`],
    [`ssh mysql-prod sshpass -p ${PASSWORD} ssh x`, `ssh mysql-prod sshpass -p <redacted> ssh x`],
    [`podman login -u bob -p ${PASSWORD} quay.io`, `podman login -u bob -p <redacted> quay.io`],
    [`smbclient -U bob%${PASSWORD} //host/share`, `smbclient -U bob%<redacted> //host/share`],
    [`CREATE USER bob IDENTIFIED BY '${PASSWORD}'`, `CREATE USER bob IDENTIFIED BY '<redacted>'`],
    [`openssl rsa -pass pass:${PASSWORD}`, `openssl rsa -pass pass:<redacted>`],
    [`echo ${PASSWORD} | docker login --password-stdin`, `echo <redacted> | docker login --password-stdin`],
    [`requirepass ${PASSWORD}`, `requirepass <redacted>`],
    [`     3  login bobby\n     4  password ${PASSWORD}`, `     3  login bobby\n     4  password <redacted>`],
    [`   login bobby\n-  password ${PASSWORD}`, `   login bobby\n-  password <redacted>`],
    [`postgres://app:p@ss9word@db.example/x`, `postgres://app:<redacted>@db.example/x`],
    [`Authorization: Token 0123456789abcdef`, `Authorization: Token <redacted>`],
    [`authorization: ApiKey ${PASSWORD}`, `authorization: ApiKey <redacted>`],
    [
      `Cookie: theme=dark; sessionid=k2j4h5k2j3h4k5j2h3; _ga=GA1`,
      `Cookie: theme=dark; sessionid=<redacted>; _ga=GA1`,
    ],
    [`Set-Cookie: JSESSIONID=0A1B2C3D4E5F60718293; Path=/`, `Set-Cookie: JSESSIONID=<redacted>; Path=/`],
    [
      `Authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024`,
      `Authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=<redacted>`,
    ],
    [
      `A temporary password is generated for root@localhost: ${PASSWORD}`,
      `A temporary password is generated for root@localhost: <redacted>`,
    ],
    [`+DB_PASSWORD=mdt&MS89!ynh`, `+DB_PASSWORD=<redacted>`],
    [`password: mrg&BQ11^tno`, `password: <redacted>`],
    [`token: ${PASSWORD}`, "token: <redacted>"],
    [`'password' => '${PASSWORD}',`, "'password' => '<redacted>',"],
    [`<password>${PASSWORD}</password>`, "<password><redacted></password>"],
    [`Your password is ${PASSWORD}.`, "Your password is <redacted>."],
    [`Server=db;Password=${PASSWORD};`, "Server=db;Password=<redacted>;"],
    ["AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYkey", "AWS_SECRET_ACCESS_KEY=<redacted>"],
    [`--token ${PASSWORD} --x`, "--token <redacted> --x"],
    [`curl -s -u bob:${PASSWORD} https://h.example`, "curl -s -u bob:<redacted> https://h.example"],
    [`mysql -u root -p${PASSWORD} db`, "mysql -u root -p<redacted> db"],
    [`sshpass -p ${PASSWORD} ssh h`, "sshpass -p <redacted> ssh h"],
    [`machine h login bob\n  password ${PASSWORD}`, "machine h login bob\n  password <redacted>"],
    [`?sv=1&sig=${"aB3d%2B".repeat(7)}&se=1`, "?sv=1&sig=<redacted>&se=1"],
    ["in qwertz-9876 out", "in <redacted> out"],
    ["x line one secret\r\n   line two secret", "x <redacted>\r\n   "],
    [JSON.stringify("line one secret\nline two secret"), '"<redacted>"'],
    ["pw Zoë-pässwört-1".normalize("NFC"), "pw <redacted>"],
    [`root:$6$abcdefgh$${"aB3/".repeat(21)}aB:19000`, "root:<redacted>:19000"],
  ];
  for (const [text, expected] of cases) {
    it(`scrubs ${JSON.stringify(text.slice(0, 50))}`, () => expect(scrubbed(text)).toBe(expected));
  }

  it("masks a full shape whatever its checksum", () => {
    expect(scrubbed(`ghp_${"A1b".repeat(12)}`)).toBe("<redacted>");
    expect(scrubbed(`npm_${"012".repeat(12)}`)).toBe("<redacted>");
  });

  it("leaves what only shows the shape of a token", () => {
    const dummies = ["ghp_", "hvs."].map((prefix) => prefix + "x".repeat(40));
    for (const dummy of [...dummies, "xoxb-my-bot-token", "hf_requiredCharacteristicTypesForMetadata"])
      expect(scrubbed(dummy)).toBe(dummy);
  });

  it("masks the body of a private key and leaves its first and last line", () => {
    const body = `${"MIIEpAIBAAKCAQEA".repeat(4)}\r\n`.repeat(3);
    const key = `-----BEGIN RSA PRIVATE KEY-----\r\n${body}-----END RSA PRIVATE KEY-----\r\n`;
    expect(scrubbed(key)).toBe(
      "-----BEGIN RSA PRIVATE KEY-----\r\n<redacted>\r\n\r\n\r\n-----END RSA PRIVATE KEY-----\r\n",
    );
    expect(scrubbed(key.slice(0, 120))).not.toContain("MIIE");
  });
});

describe("scrubText, identity", () => {
  it("names the home and the work tree, the longer one first", () => {
    expect(scrubbed("cd /home/alicesmith/src/proj/x; ls /home/alicesmith/y")).toBe(
      "cd $WORKTREE/x; ls $HOME/y",
    );
  });

  it("leaves a longer path alone that begins alike", () => {
    expect(createScrubber({ home: "/home/al" }).scrubText("/home/alice /home/al").text).toBe(
      "/home/alice $HOME",
    );
  });

  it("takes names of six characters that are no ordinary words, account identifiers always", () => {
    expect(scrubbed("alicesmith@bigmachine bob ubuntu acct-12345")).toBe(
      "<name>@<name> bob ubuntu <account>",
    );
  });

  it("takes the names of users in the program's environment", () => {
    const { scrubText } = createScrubber({
      env: { LOGNAME: "johndoe", SUDO_USER: "root", HOME: "/srv/janedoe//" },
    });
    expect(scrubText("johndoe root janedoe /srv").text).toBe("<name> root <name> /srv");
  });

  it("takes a name in other cases, with dots, and not inside of a word", () => {
    const { scrubText } = createScrubber({ names: ["Jane.Doe"] });
    expect(scrubText("Jane.Doe jane.doe JANE.DOE Jane.doe jane-doe mJane.Doe").text).toBe(
      "<name> <name> <name> <name> jane-doe mJane.Doe",
    );
  });

  it("takes e-mail addresses, not files, versions and services that look like one", () => {
    expect(scrubbed("mail Jo.Doe+x@mail.example.org now")).toBe("mail <account> now");
    const others = "git@github.com:x icon@2x.png react@18.0.0-beta.rc getty@tty1.service ..@X.CHB";
    expect(scrubbed(others)).toBe(others);
  });
});

describe("scrubText, ordinary text", () => {
  const ordinary = [
    "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
    "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
    "123e4567-e89b-42d3-a456-426614174000",
    "tokenizer.model tokenizer.json token_type_ids=[0, 1]",
    "the bearer of news, bearer bonds",
    "token: refreshed\n2026-01-01T10:00:01 next\nbearer worker\n2026-01-01T10:00:02 next",
    "10:00:00 ready for the bearer\n2026-01-01T10:00:01 next",
    [
      "2026-01-01T10:00:00.137Z INFO [29] token login key password bearer",
      "2026-01-01T10:00:00.274Z WARN [3] user login bob password",
      "2026-01-01T10:00:00.411Z INFO [12] key secret bearer password",
      "2026-01-01T10:00:00.548Z INFO [7] done",
    ].join("\n"),
    ...[
      "docker login -u bob -p <redacted>\nLogin Succeeded",
      "use docker login -u <user> -p <password>\nfor the registry of the team",
      "mysql -u root -p\nEnter password: ",
      "mysql -u root -h db1 shop -p\nERROR 1045 (28000)",
      "ssh-keygen -t ed25519 -N\noption requires an argument",
      "        elif self._state.token == SKIP_TOKEN:\n          continue",
      "# Return with login / password\n                login_i = 0 if _netrc[0] else 1",
      "clients of this API have to send the header Authorization:\nX-Request-Id2 is optional here",
      "NAME                 TYPE            DATA    AGE  TOKEN:\nkube-root-ca2        Opaque           1      5d",
      "Created the service account and its token:\nweb-7d9f8b6c5d-x2x4z   1/1   Running",
      ".env.example: DATABASE_URL=  REDIS_URL=  SECRET_TOKEN=\nNODE_ENV=production",
    ].map((text) => `ops@build-7:~/src/app (main)$ ${text}\n`),
    "│ requirepass      │ foobared │\n│ sshpass -p       │\n",
    "clients/apis/binaryauthorization:\ntotal 20\n-rw-r--r-- 1 root root 12 Jan  1 10:00 doc.go\n",
    `data:image/png;base64,${base64("\x89PNG\r\n\x1a\n".repeat(40))}`,
    `password=$PASSWORD token: \${{ secrets.TOKEN }} secret=$(cat x) api_key=%s token={{token}} pwd=<your password>`,
    "const token = getToken(request); if (!token) return password;",
    "export function secretKey(options: KeyOptions): SecretKey {",
    'password: z.string().min(8), secret: process.env.APP_SECRET, key: "value"',
    "max_tokens: 4096, prompt_tokens=1234",
    "Password: ",
    "Enter passphrase for key '/home/x/.ssh/id_rsa':",
    "https://user:password@host/path and https://host:8080/a@b",
    "https://abc:xyz@example.com https://a:b@host cvs://:pserver:anoncvs@sources.example/cvs",
    "npm i sharp@0.x\nnpm run build",
    "__defaults__\n__globals__\nf_back\nf_lineno\nf_locals\nf_trace\n",
    "libcanberra-pulse, libxapp-gtk3-module, metacity",
    "qDFJ8kH7quUU9Qh6AmirwmEddKmEZTrabg4OjeU/eJEEBJW8/NDc18lrqKC7S62\nhjt+XE7VC",
    "2026-01-01T00:00:00Z pid 1234 took 12ms",
    "sk-learn-contrib hf_hub_download npm_config_cache_directory_of_the_user",
    '{"status":"clean","rules":["api-token","secret-assignment"],"hit_counts":{"bearer-header":2}}',
    "<redacted> $HOME <account> password=<redacted> Bearer ****************",
  ];
  for (const text of ordinary) {
    it(`leaves ${JSON.stringify(text.slice(0, 50))}`, () => expect(scrubbed(text)).toBe(text));
  }
});

describe("scrubText", () => {
  it("reports the rules that ran, hit or not, and how often each hit", () => {
    const { report } = scrubber.scrubText(`${TOKEN} ${TOKEN}0 a@mail.example`);
    expect(report).toMatchObject({
      status: "redacted",
      hit_counts: { "github-token": 2, email: 1 },
      rule_sets: { default: expect.any(String) },
    });
    expect(report.rules).toEqual([...(report.rules ?? [])].sort());
    expect(report.rules).toContain("npm-token");
    expect(scrubber.scrubText("nothing here").report).toMatchObject({ status: "clean", hit_counts: {} });
  });

  it("leaves what is allowed", () => {
    expect(createScrubber({ allow: [TOKEN] }).scrubText(`${TOKEN} ${TOKEN}x`).text).toBe(
      `${TOKEN} <redacted>`,
    );
  });

  const PIECES = [
    TOKEN,
    TOKEN.slice(0, 20),
    PASSWORD,
    "password=",
    '"',
    "Bearer ",
    ":",
    "=",
    " ",
    "\n",
    "│",
    "://a:",
    "@h.example",
    "/home/alicesmith",
    "alicesmith",
    "é",
    "-----BEGIN PRIVATE KEY-----",
    "Correct-h0rse/battery",
    "%67",
    "\\u0067",
    "\u200b",
    "token",
  ];
  const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(""));

  it("finds nothing in what it scrubbed", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = scrubbed(text);
        expect(scrubber.scrubText(once).text).toBe(once);
      }),
      { numRuns: process.env.CASSETTE_SOAK ? 100_000 : 1_000 },
    );
  });

  it("finds nothing in what it masked in a stream", async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const bytes = Buffer.from(text);
        const { mask } = await scrubber.scrubStream([{ bytes }]);
        const masked = applyMask(mask, bytes, 0);
        expect(masked).toHaveLength(bytes.length);
        const again = await scrubber.scrubStream([{ bytes: masked }]);
        expect(
          again.mask.ranges.map(([start, end]) => Buffer.from(masked.subarray(start, end)).toString()),
        ).toEqual([]);
      }),
      { numRuns: process.env.CASSETTE_SOAK ? 50_000 : 1_000 },
    );
  });
});
