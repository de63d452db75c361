import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const TOKEN = "ghp_k7Q0aBcDeFgHiJkLmNoPqRsTuVwXyZ012345";

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

  it("only looks when asked to check", async () => {
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

  it("refuses to search for a variable that is not there", async () => {
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
