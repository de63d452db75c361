import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMAND, cassette, temporaryDirectory } from "./cassette.js";

const TOKEN = "ghp_k7Q0aBcDeFgHiJkLmNoPqRsTuVwXyZ012345";

async function collected(stream: NodeJS.ReadableStream): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of stream) pieces.push(String(piece));
  return pieces.join("");
}

function rulesFile(text: string): string {
  const file = join(temporaryDirectory(), "rules.yaml");
  writeFileSync(file, text);
  return file;
}

describe("cassette scrub, as a filter", () => {
  it("scrubs what it reads", async () => {
    const stdin = `pushed with ${TOKEN}\nGrüße 世界\n`;
    expect(await cassette(["scrub"], { stdin })).toEqual({
      status: 0,
      stdout: "pushed with <redacted>\nGrüße 世界\n",
      stderr: "",
    });
  });

  it("knows the secrets of its environment and of a rules file", async () => {
    const rules = rulesFile("secrets: [correct horse]\nallow: [bob@example.com]\n");
    const outcome = await cassette(["scrub", "--rules", rules], {
      env: { ...process.env, DEPLOY_TOKEN: "not/a-known.shape" },
      stdin: "correct horse, not/a-known.shape, bob@example.com, eve@example.com\n",
    });
    expect(outcome).toMatchObject({
      status: 0,
      stdout: "<redacted>, <redacted>, bob@example.com, <account>\n",
    });
  });

  it("changes nothing with --check", async () => {
    expect(await cassette(["scrub", "--check"], { stdin: `${TOKEN} and ${TOKEN}\n` })).toEqual({
      status: 1,
      stdout: "found - github-token 2\n",
      stderr: "",
    });
    expect(await cassette(["scrub", "--check"], { stdin: "nothing\n" })).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
  });

  it("lists rule and place of what it finds, and nothing of it", async () => {
    expect(await cassette(["scrub", "--explain"], { stdin: `one\ntwo ${TOKEN}\n${TOKEN}\n` })).toEqual({
      status: 1,
      stdout: "found -:2:5 github-token\nfound -:3:1 github-token\n",
      stderr: "",
    });
    expect(await cassette(["scrub", "--explain", "it.cassette"])).toMatchObject({ status: 2, stdout: "" });
  });

  it("passes bytes that are no text", async () => {
    const input = Buffer.from(`M\xfcller ${TOKEN}\n`, "latin1");
    const child = spawnSync(process.execPath, [COMMAND, "scrub"], { input });
    expect(child.stdout).toEqual(Buffer.from("M\xfcller <redacted>\n", "latin1"));
  });

  it("prints whole lines while its input pauses, except one that may continue", async () => {
    const child = spawn(process.execPath, [COMMAND, "scrub"]);
    child.stdin.write("log line one\npassword:\n");
    const [first] = await once(child.stdout, "data");
    expect(String(first)).toBe("log line one\n");
    const rest = collected(child.stdout);
    child.stdin.end("hunter2Xyz9Q\n");
    expect(await rest).not.toContain("hunter2");
  });

  it("prints whole lines when a signal ends it, and ends by that signal", async () => {
    const child = spawn(process.execPath, [COMMAND, "scrub"]);
    const out = collected(child.stdout);
    child.stdin.write("log line one\nhalf a line");
    // Given out only after a pause: now the command listens.
    await once(child.stdout, "data");
    child.stdin.write("\nand more\nhalf");
    setTimeout(() => child.kill("SIGTERM"), 50);
    const [status, signal] = await once(child, "close");
    expect([status, signal]).toEqual([null, "SIGTERM"]);
    expect(await out).toBe("log line one\nhalf a line\nand more\n");
  });

  it("refuses to search for a variable that does not exist", async () => {
    const outcome = await cassette(["scrub", "--rules", rulesFile("secretEnv: [DEPOLY_KEY]\n")], {
      stdin: "",
    });
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain("There is no variable DEPOLY_KEY");
  });

  it("names file and line of a rule it cannot use", async () => {
    const rules = rulesFile("rules:\n  - name: slow\n    pattern: (a+)+b\n");
    const outcome = await cassette(["scrub", "--rules", rules], { stdin: "" });
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain("rules.yaml:2: ");
    expect(outcome.stderr).toContain("CASSETTE_RULE_INVALID");
  });
});
