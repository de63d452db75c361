import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";
import { nodePrompt, PASSWORD, type PasswordPrompt, RAW_PROMPTS } from "./programs/password-prompts.js";
import { inputsOf, recordTyped } from "./record-prompt.js";

const PROMPT = join(import.meta.dirname, "programs/prompt.mjs");
const HALVES = [PASSWORD, PASSWORD.slice(0, 5), PASSWORD.slice(5)];
const WITHOUT_KOFFI = join(import.meta.dirname, "without-koffi.cjs");
const TIMEOUT_MS = 120_000;

describe("a password typed in raw mode", () => {
  it(
    "can be typed again to a stub, with or without a line end",
    async () => {
      for (const name of ["bash read -s -n", "Node, with stars"]) {
        const prompt = RAW_PROMPTS[name] as PasswordPrompt;
        const { target } = await recordTyped(prompt, "keys");
        const dir = temporaryDirectory();
        const other = prompt.isLine === false ? "0123456789" : "another";
        const script = [
          { wait: prompt.prompts[0] },
          { type: other },
          ...end(prompt),
          { wait: "accepted 10" },
        ];
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

  /** Records a prompt, with no `stty` on PATH. */
  async function recordWithoutStty(env: NodeJS.ProcessEnv = {}) {
    const dir = temporaryDirectory();
    mkdirSync(join(dir, "bin"));
    const script = [{ wait: "Password:" }, { type: PASSWORD }, { press: "Enter" }, { wait: "accepted" }];
    writeFileSync(join(dir, "type.json"), JSON.stringify(script));
    const argv = ["record", "it", "--script", "type.json", "--", process.execPath, PROMPT, "stars"];
    const { status, stderr } = await cassette(argv, {
      cwd: dir,
      env: { ...process.env, PATH: join(dir, "bin"), ...env },
    });
    expect(status).toBe(0);
    return { stderr, inputs: inputsOf(join(dir, "it")) };
  }

  it("is withheld when the terminal's modes cannot be read, and the command says so", async () => {
    const { stderr, inputs } = await recordWithoutStty({ NODE_OPTIONS: `--require ${WITHOUT_KOFFI}` });
    expect(stderr).toContain("Input will be withheld: there is no `stty`.");
    expect(stderr).toContain("could not read the terminal's modes");
    expect(inputs.every(({ withheld }) => withheld)).toBe(true);
  });

  it("is recognised without stty where koffi is installed", async () => {
    const { stderr, inputs } = await recordWithoutStty();
    expect(stderr).not.toContain("Input");
    expect(inputs.every(({ withheld }) => withheld)).toBe(true);
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

describe("text that is no password", () => {
  it("is kept if it is echoed, although the prompt asks for a key", async () => {
    const { target } = await recordTyped(nodePrompt("shown", "API key:"), "slow keys");
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

function end({ isLine = true }: PasswordPrompt): object[] {
  return isLine ? [{ press: "Enter" }] : [];
}
