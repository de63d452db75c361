import type { CassetteError } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { parseRulesFile } from "./rules-file.js";

function errorOf(text: string): CassetteError {
  try {
    parseRulesFile(text, "rules.yaml");
  } catch (error) {
    return error as CassetteError;
  }
  throw new Error("It was accepted.");
}

describe("parseRulesFile", () => {
  it("reads rules and lists", () => {
    const text = `
rules:
  - name: acme-token
    pattern: acme_[A-Za-z0-9]{20}
secrets: ["correct horse"]
secretEnv:
  - DEPLOY_KEY
allow: [ghp_000000000000000000000000000000000000]
`;
    expect(parseRulesFile(text, "rules.yaml")).toEqual({
      rules: [{ name: "acme-token", pattern: "acme_[A-Za-z0-9]{20}" }],
      secrets: ["correct horse"],
      secretEnv: ["DEPLOY_KEY"],
      allow: ["ghp_000000000000000000000000000000000000"],
    });
  });

  it("reads JSON, and nothing from an empty file", () => {
    expect(parseRulesFile('{"names": ["bertrand"]}', "rules.json")).toEqual({ names: ["bertrand"] });
    expect(parseRulesFile("# nothing yet\n", "rules.yaml")).toEqual({});
  });

  it.each([
    ["rules: [", 1, "neither YAML nor JSON"],
    ["- one", 1, "a map of lists"],
    ["names: [bertrand]\nsecret: [hidden-away]", 2, "not known"],
    ["\nrules: acme", 2, "is a list"],
    ["secrets:\n  - fine-and-long\n  - 12345678", 3, "lists texts"],
    ["secrets:\n  - abc", 2, "at least four characters"],
    ["rules:\n  - name: acme", 2, "no other"],
    ["rules:\n  - name: fine\n    pattern: acme_\\d+\n  - name: slow\n    pattern: (a+)+b", 4, "slow"],
    ["accountIdentifiers:\n  - a", 2, "two characters"],
  ])("names the line of what it cannot use: %j", (text, line, words) => {
    const error = errorOf(text);
    expect(error).toMatchObject({ code: "CASSETTE_RULE_INVALID", file: "rules.yaml", line });
    expect(error.message).toContain(words);
  });

  it("never repeats the file's contents", () => {
    for (const text of [
      "secrets: [hunter2-hunter2",
      "hunter2-hunter2: 1",
      "secrets:\n  - {hunter2-hunter2: 1}",
    ]) {
      expect(JSON.stringify([errorOf(text), errorOf(text).message])).not.toContain("hunter2");
    }
  });
});
