import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";
import { watched } from "./watched.js";

const PROMPT = join(import.meta.dirname, "programs/prompt.mjs");
const PASSWORD = "hunter2Xy9";
const HALVES = [PASSWORD, PASSWORD.slice(0, 5), PASSWORD.slice(5)];
const WAYS_TO_TYPE = ["whole", "slow keys", "keys", "paste"];
const TIMEOUT_MS = 120_000;

interface Prompt {
  argv: string[];
  prompt: string;
  /** False if the program reads a number of keys and no line. */
  isLine?: boolean;
  /** What is typed afterwards. */
  after?: object[];
}

const node = (way: string, prompt: string): Prompt => ({ argv: ["node", PROMPT, way], prompt });
const bash = (command: string, prompt: string, isLine = true): Prompt => ({
  argv: ["bash", "-c", `${command}; echo; echo "accepted \${#x}"`],
  prompt,
  isLine,
});
const shell = (command: string, prompt: string): Prompt => ({ argv: ["sh", "-c", command], prompt });

const PROMPTS: Record<string, Prompt> = {
  "bash read -s -n": bash('read -s -n 10 -p "Password: " x', "Password:", false),
  "bash read -e -s": bash('read -e -s -p "Passphrase: " x', "Passphrase:"),
  "a prompt in German": bash('read -s -n 10 -p "Bitte Kennwort eingeben: " x', "Kennwort", false),
  "a prompt above the field": bash('echo "Enter your password:"; read -s -n 10 x', "password:", false),
  "fish read -s": {
    argv: ["fish", "-c", 'read -s -P "Password: " x; echo "accepted "(string length $x)'],
    prompt: "Password:",
  },
  "zsh read -k": {
    argv: [
      "zsh",
      "-fc",
      'print -n "Password: "; read -s -k 10 x; print; print "accepted $(printf %s "$x" | wc -c)"',
    ],
    prompt: "Password:",
    isLine: false,
  },
  "Node, with stars": node("stars", "Password:"),
  "Node, with nothing": node("nothing", "OTP"),
  "Node, drawn again": node("redrawn", "Secret"),
  "Node, in a frame": node("framed", "password"),
  "Node, above the cursor": node("below", "Passphrase:"),
  dialog: shell(
    'x=$(dialog --passwordbox "The password of the database" 10 40 3>&1 1>&2 2>&3); echo "accepted $(printf %s "$x" | wc -c)"',
    "password",
  ),
  "dialog, which prints it": shell(
    'dialog --passwordbox "The password" 10 40; echo " accepted 10"',
    "password",
  ),
  whiptail: shell(
    'x=$(whiptail --passwordbox "Your passphrase" 8 40 3>&1 1>&2 2>&3); echo "accepted $(printf %s "$x" | wc -c)"',
    "passphrase",
  ),
  "vim -x": {
    ...shell("vim -u NONE -x new.txt", "encryption key:"),
    after: [
      { wait: "again:" },
      { type: PASSWORD },
      { press: "Enter" },
      { wait: { settledMs: 300 } },
      { type: ":q!" },
      { press: "Enter" },
    ],
  },
};

describe("a password typed in raw mode", () => {
  for (const [index, [name, prompt]] of Object.entries(PROMPTS).entries()) {
    const ways = process.env.CASSETTE_SOAK ? WAYS_TO_TYPE : WAYS_TO_TYPE.slice(index % 4, (index % 4) + 1);
    const program = prompt.argv.join(" ").match(/\b(?:dialog|whiptail|vim|zsh|fish|bash|node)\b/)?.[0] ?? "";
    const isMissing = spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0;
    it.skipIf(isMissing)(
      `leaves nothing on the disk: ${name}`,
      async () => {
        for (const way of ways) {
          const { target, seen, outcome } = await recordTyped(prompt, way);
          expect(outcome).toMatchObject({ status: 0, stdout: "" });
          expect([way, seen]).toEqual([way, []]);
          const inputs = inputsOf(target);
          expect(inputs.some(({ withheld }) => withheld)).toBe(true);
          const clear = inputs.map(({ bytes = "" }) => Buffer.from(bytes, "base64").toString()).join("");
          expect(clear).not.toMatch(/[hunterXy9]/);
          // Of a line not even the length is kept.
          if (prompt.isLine !== false) expect(inputs[0]).not.toHaveProperty("bytes");
        }
      },
      TIMEOUT_MS,
    );
  }

  it(
    "can be typed again to a stub, with or without a line end",
    async () => {
      for (const name of ["bash read -s -n", "Node, with stars"]) {
        const prompt = PROMPTS[name] as Prompt;
        const { target } = await recordTyped(prompt, "keys");
        const dir = temporaryDirectory();
        const other = prompt.isLine === false ? "0123456789" : "another";
        const script = [{ wait: prompt.prompt }, { type: other }, ...end(prompt), { wait: "accepted 10" }];
        writeFileSync(join(dir, "type.json"), JSON.stringify(script));
        const stub = [process.execPath, join(import.meta.dirname, "../dist/main.cjs"), "stub", target];
        const outcome = await cassette(["record", "again", "--script", "type.json", "--", ...stub], {
          cwd: dir,
        });
        expect(outcome).toMatchObject({ status: 0 });
      }
    },
    TIMEOUT_MS,
  );

  it("is withheld when the terminal's modes cannot be read, and the command says so", async () => {
    const dir = temporaryDirectory();
    mkdirSync(join(dir, "bin"));
    const script = [{ wait: "Password:" }, { type: PASSWORD }, { press: "Enter" }, { wait: "accepted" }];
    writeFileSync(join(dir, "type.json"), JSON.stringify(script));
    const argv = ["record", "it", "--script", "type.json", "--", process.execPath, PROMPT, "stars"];
    const outcome = await cassette(argv, { cwd: dir, env: { ...process.env, PATH: join(dir, "bin") } });
    expect(outcome.status).toBe(0);
    expect(outcome.stderr).toContain("Input will be withheld: there is no `stty`.");
    expect(outcome.stderr).toContain("could not read the terminal's modes");
    expect(inputsOf(join(dir, "it")).every(({ withheld }) => withheld)).toBe(true);
  });
});

describe("a password typed ahead of its prompt", () => {
  it.each([
    ["a line, at a prompt that reads lines", 'read -rsp "Password: " x', true],
    ["a line, at a prompt that reads keys", 'read -s -n 10 -p "PIN: " x', true],
    ["half a line", 'read -rsp "Password: " x', false],
  ])(
    "is not in the cassette: %s",
    async (_what, command, isWhole) => {
      const dir = temporaryDirectory();
      const enter = { press: "Enter" };
      const rest = [{ wait: /PIN|Password/.exec(command)?.[0] }, { type: PASSWORD.slice(5) }, enter];
      const typed = isWhole ? [{ type: PASSWORD }, enter] : [{ type: PASSWORD.slice(0, 5) }, ...rest];
      const script = [{ wait: "starts" }, ...typed, { wait: "accepted" }];
      writeFileSync(join(dir, "type.json"), JSON.stringify(script));
      const argv = ["bash", "-c", `echo starts; sleep 2; ${command}; echo; echo accepted`];
      const outcome = await cassette(["record", "it", "--script", "type.json", "--", ...argv], { cwd: dir });
      expect(outcome.status).toBe(0);
      for (const file of readdirSync(join(dir, "it"))) {
        const text = readFileSync(join(dir, "it", file), "utf8");
        for (const part of HALVES) {
          expect(text).not.toContain(part);
          expect(text).not.toContain(Buffer.from(part).toString("base64"));
        }
      }
      expect(inputsOf(join(dir, "it"))).toEqual([expect.objectContaining({ withheld: true })]);
    },
    TIMEOUT_MS,
  );
});

describe("what is no password", () => {
  it("is kept where it is shown, although the prompt asks for a key", async () => {
    const { target } = await recordTyped(node("shown", "API key:"), "slow keys");
    expect(inputsOf(target).some(({ withheld }) => withheld)).toBe(false);
  });

  it.each([
    ["any key", "read -s -n 1 -p 'The password: press any key to continue'"],
    ["yes or no", "read -s -n 1 -p 'Delete the key? [y/N] '"],
    ["a menu", "read -s -n 1 -p 'Select key: '"],
  ])("is kept where a program asks for %s", async (_what, command) => {
    const dir = temporaryDirectory();
    const script = [{ wait: { settledMs: 300 } }, { type: "y" }, { wait: "done" }];
    writeFileSync(join(dir, "type.json"), JSON.stringify(script));
    const argv = ["bash", "-c", `${command}; echo; echo done`];
    await cassette(["record", "it", "--script", "type.json", "--", ...argv], { cwd: dir });
    expect(inputsOf(join(dir, "it"))).toMatchObject([{ bytes: "eQ==" }]);
  });

  it(
    "is kept in programs that show files full of such words",
    async () => {
      const keys = (text: string) => [...text].flatMap((key) => [{ type: key }, { sleep: "5ms" }]);
      const programs: [string[], object[]][] = [
        [
          ["less", "text"],
          [...keys("jjkkddu/pass"), { press: "Enter" }, ...keys("nnNgGq")],
        ],
        [
          ["vim", "-u", "NONE", "-n", "text"],
          [...keys("yyppjjA some"), { press: "Escape" }, ...keys("kk0wwx$yyp:q!"), { press: "Enter" }],
        ],
      ];
      for (const [argv, typed] of programs) {
        const dir = temporaryDirectory();
        writeFileSync(join(dir, "text"), "password:\nEnter passphrase:\n\nPIN: \n> token\n".repeat(30));
        writeFileSync(join(dir, "type.json"), JSON.stringify([{ wait: { settledMs: 400 } }, ...typed]));
        const outcome = await cassette(["record", "it", "--script", "type.json", "--", ...argv], {
          cwd: dir,
        });
        expect(outcome.status).toBe(0);
        expect(inputsOf(join(dir, "it")).filter(({ withheld }) => withheld)).toEqual([]);
      }
    },
    TIMEOUT_MS,
  );
});

function end({ isLine = true }: Prompt): object[] {
  return isLine ? [{ press: "Enter" }] : [];
}

function steps(way: string): object[] {
  const keys = [...PASSWORD].map((key) => ({ type: key }));
  if (way === "whole") return [{ type: PASSWORD }];
  if (way === "paste") return [{ paste: PASSWORD }];
  return way === "keys" ? keys : keys.flatMap((key) => [key, { sleep: "70ms" }]);
}

/** Records a prompt at which the password is typed, and looks for it in all files meanwhile. */
async function recordTyped(prompt: Prompt, way: string) {
  const dir = temporaryDirectory();
  const [work, scripts] = [join(dir, "work"), join(dir, "scripts")];
  for (const each of [work, scripts]) mkdirSync(each);
  const after = prompt.after ?? [{ wait: "accepted 10" }];
  const settled = { wait: { settledMs: 300 } };
  const script = [{ wait: prompt.prompt }, settled, ...steps(way), settled, ...end(prompt), ...after];
  writeFileSync(join(scripts, "type.json"), JSON.stringify(script));
  const target = join(work, "it");
  const env = { ...process.env, TERM: "xterm-256color", LC_ALL: "C.UTF-8" };
  const args = ["record", target, "--script", join(scripts, "type.json"), "--", ...prompt.argv];
  const { result, seen } = await watched(HALVES, work, () => cassette(args, { cwd: work, env }));
  expect(readdirSync(work)).toContain("it");
  return { target, seen, outcome: result };
}

function inputsOf(target: string): { bytes?: string; withheld?: boolean }[] {
  const lines = readFileSync(join(target, "input.jsonl"), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line)).filter(({ kind, answer }) => kind === "input" && !answer);
}
