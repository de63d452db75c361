import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const PROMPT = join(import.meta.dirname, "programs/prompt.mjs");
const MASKED = [process.execPath, PROMPT, "stars"];
const SHOWN = [process.execPath, PROMPT, "shown"];
const UNSEEN = ["sh", "-c", "printf 'Password: '; stty -echo; read -r x; stty echo; echo; echo accepted 10"];

/** A folder in which prompts are recorded. */
function recordings() {
  const cwd = temporaryDirectory();
  const record = (name: string, argv: readonly string[], password = "hunter2Xy9") => {
    const settled = { wait: { settledMs: 300 } };
    const typed = [{ wait: ":" }, settled, { type: password }, settled, { press: "Enter" }];
    writeFileSync(join(cwd, `${name}.json`), JSON.stringify([...typed, { wait: "accepted" }]));
    return cassette(["record", name, "--script", `${name}.json`, "--", ...argv], { cwd });
  };
  const run = (...args: string[]) => cassette(args, { cwd });
  return { cwd, record, run };
}

const inputLines = (events: string) => events.split("\n").filter((line) => / input /.test(line));
const words = (lines: readonly string[]) => lines.map((line) => line.replace(/^.* input +/, "").trim());

// Most of the time a screen is waited for that is to rest.
describe.concurrent("a password that was withheld in raw mode", () => {
  it("produces an event like that of a prompt that reads lines", async () => {
    const { record, run } = recordings();
    await record("masked", MASKED);
    await record("unseen", UNSEEN);
    const [masked, unseen] = await Promise.all(["masked", "unseen"].map((name) => run("events", name)));
    const lines = inputLines(masked?.stdout ?? "");
    expect(words(lines)).toEqual(words(inputLines(unseen?.stdout ?? "")));
    expect(lines).toEqual([expect.stringContaining("withheld")]);
  });

  it("is equal to another in a comparison, and differs from input that was shown", async () => {
    const { record, run } = recordings();
    await record("first", MASKED);
    await record("second", MASKED, "0therWord5");
    await record("shown", SHOWN);
    const [same, other] = await Promise.all(["second", "shown"].map((name) => run("diff", "first", name)));
    expect(same).toMatchObject({ status: 0 });
    expect(other?.status).toBe(1);
    expect(other?.stdout).toContain("withheld");
  });

  it("is not made again from the recording, but from a script that has it", async () => {
    const { cwd, record, run } = recordings();
    await record("it", MASKED);
    expect(await run("record", "--mode", "all", "it")).toMatchObject({
      status: 3,
      stderr: expect.stringContaining("CASSETTE_INPUT_UNKNOWN"),
    });
    writeFileSync(
      join(cwd, "secret.yaml"),
      "- wait: 'Password: '\n- secret: LOGIN_WORD\n- press: Enter\n- wait: accepted\n",
    );
    const again = ["record", "--mode", "all", "it", "--script", "secret.yaml", "--overwrite"];
    const missing = await run(...again);
    expect(missing.stderr).toContain("the environment variable LOGIN_WORD is not set");
    const env = { ...process.env, LOGIN_WORD: "0therWord5" };
    expect(await cassette(again, { cwd, env })).toMatchObject({ status: 0 });
    const { stdout } = await run("events", "it");
    expect(words(inputLines(stdout))[0]).toContain("withheld");
  });
});
