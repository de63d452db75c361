import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";
import { watched } from "./watched-directory.js";

const ASK = join(import.meta.dirname, "programs/ask-password.py");
/** No rule knows it by its looks. */
const PASSWORD = "open sesame 4711";
const NEEDLES = [PASSWORD, PASSWORD.slice(0, 8), PASSWORD.slice(8)];
const RUNS = process.env.CASSETTE_SOAK ? 20 : 1;
const hasPython = spawnSync("python3", ["--version"]).status === 0;

interface Prompt {
  name: string;
  argv: string[];
  before?: object[];
  prompt: string;
  /** How the password is typed. */
  typed: object[];
  /** Also in the recorder's environment. */
  isSecret?: boolean;
}

const keys = [...PASSWORD].map((key) => ({ type: key }));
const whole = [{ type: PASSWORD }];

const PROMPTS: Prompt[] = [
  { name: "getpass", argv: ["python3", ASK, "getpass"], prompt: "Password:", typed: whole },
  { name: "getpass, key by key", argv: ["python3", ASK, "getpass"], prompt: "Password:", typed: keys },
  {
    name: "read -s",
    argv: ["bash", "-c", 'read -rsp "Password: " word; echo; echo "accepted $(printf %s "$word" | wc -c)"'],
    prompt: "Password:",
    typed: keys,
  },
  {
    name: "a terminal opened by itself, as sudo and ssh do",
    argv: ["sh", "-c", `python3 ${ASK} tty </dev/null`],
    prompt: "password for user:",
    typed: whole,
  },
  {
    name: "echo that is switched off while one types",
    argv: ["python3", ASK, "switched"],
    before: [{ wait: "User:" }, { type: "alice" }, { press: "Enter" }],
    prompt: "password for user:",
    typed: keys,
  },
  {
    name: "a prompt that shows stars",
    argv: ["python3", ASK, "stars"],
    prompt: "Password:",
    typed: [{ secret: "WORD_TO_TYPE" }],
    isSecret: true,
  },
  {
    name: "a prompt that shows what is typed",
    argv: [
      "sh",
      "-c",
      'printf "Password: "; read -r word; echo "accepted $(printf %s "$word" | wc -c), $word"',
    ],
    prompt: "Password:",
    typed: [{ secret: "WORD_TO_TYPE" }],
    isSecret: true,
  },
];

describe("a password typed at a prompt", () => {
  for (const { name, argv, before = [], prompt, typed, isSecret } of PROMPTS) {
    const isPython = argv.join(" ").includes("python3");
    it.skipIf(isPython && !hasPython)(`leaves nothing on the disk: ${name}`, async () => {
      for (let run = 0; run < RUNS; run++) {
        const dir = temporaryDirectory();
        const [work, scripts] = [join(dir, "work"), join(dir, "scripts")];
        for (const each of [work, scripts, join(work, "tmp")]) mkdirSync(each);
        const script = join(scripts, "type.json");
        const ends = [{ press: "Enter" }, { wait: `accepted ${PASSWORD.length}` }];
        writeFileSync(script, JSON.stringify([...before, { wait: prompt }, ...typed, ...ends]));
        const target = join(work, "it");
        const env = {
          ...process.env,
          TMPDIR: join(work, "tmp"),
          ...(isSecret && { WORD_TO_TYPE: PASSWORD }),
        };
        const record = () => cassette(["record", target, "--script", script, "--", ...argv], { env });
        const { result, seen } = await watched(work, NEEDLES, record);
        expect(result).toMatchObject({ status: 0, stdout: "" });
        expect(result.stderr).not.toContain(PASSWORD);
        // The private spool of the recorder knows what a script calls secret, for as long as the recording takes.
        expect(seen.filter((place) => !(isSecret && isPrivate(place)))).toEqual([]);
        if (isSecret) expect(seen.some(isPrivate)).toBe(true);
        expect(readdirSync(work).sort()).toEqual(["it", "tmp"]);
        const inputs = readFileSync(join(target, "input.jsonl"), "utf8");
        expect(inputs).toContain('"withheld":true');
        expect(inputs).not.toContain(Buffer.from(PASSWORD).toString("base64"));
        const single = Buffer.from(PASSWORD[0] ?? "").toString("base64");
        expect(inputs).not.toContain(`"bytes":"${single}"`);
      }
    });
  }
});

describe("cassette record, of a script with a secret", () => {
  it("does not begin when the variable is not set", async () => {
    const dir = temporaryDirectory();
    writeFileSync(join(dir, "type.yaml"), "- type: a\n- secret: NOT_SET_ANYWHERE\n");
    const outcome = await cassette(["record", "it", "--script", "type.yaml", "--", "cat"], { cwd: dir });
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain(
      "type.yaml:2: Step 2: the environment variable NOT_SET_ANYWHERE is not set.",
    );
    expect(readdirSync(dir)).toEqual(["type.yaml"]);
  });

  it("shows no secret of the last screen when the script fails", async () => {
    const dir = temporaryDirectory();
    writeFileSync(join(dir, "type.json"), '[{"wait":{"screen":"never","timeoutMs":300}}]');
    const argv = ["sh", "-c", 'echo "the word is $WORD_TOKEN"; sleep 5'];
    const env = { ...process.env, WORD_TOKEN: PASSWORD };
    const outcome = await cassette(["record", "it", "--script", "type.json", "--", ...argv], {
      cwd: dir,
      env,
    });
    expect(outcome.status).toBe(4);
    expect(outcome.stderr).toContain("the word is <redacted>");
    expect(outcome.stderr).not.toContain(PASSWORD);
  });
});

function isPrivate(place: string): boolean {
  return /\/\.it\.spool-[0-9a-f]+\/(spool\.json(\.new)?|cassette\/output\.raw|unsealed\/output\.raw):/.test(
    place,
  );
}
