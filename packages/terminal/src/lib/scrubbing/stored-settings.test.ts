import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ArtifactReport } from "@cassette/core";
import { ARTIFACT, type JsonValue } from "@cassette/format";
import { afterAll, describe, expect, it } from "vitest";
import { observeScrubSettings } from "./scrub-settings.js";
import { restoreSettings, storedSettings } from "./stored-settings.js";

const SECRET = "not/of-a.known-shape";
const dir = mkdtempSync(join(tmpdir(), "cassette-test-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function rulesFile(text: string): string {
  const file = join(dir, "rules.yaml");
  writeFileSync(file, text);
  return file;
}

const restore = (kept: JsonValue, env: NodeJS.ProcessEnv = {}, withoutSecrets: string[] = []) =>
  restoreSettings(kept, { spool: ".it.spool-1", env, withoutSecrets });

describe("keptSettings", () => {
  it("keeps names of variables and the path of the rules file, and no secret value", async () => {
    const env = {
      HOME: "/home/janedoe",
      API_TOKEN: `${SECRET}1`,
      TYPED: `${SECRET}2`,
      LISTED: `${SECRET}3`,
      TERM: "x",
    };
    const rules = rulesFile(`secrets: [${SECRET}4]\nsecretEnv: [LISTED]\nallow: [public]\n`);
    const kept = storedSettings(
      await observeScrubSettings({ env, cwd: "/srv/work", rules, secretEnv: ["TYPED"] }),
      [],
    );
    expect(kept).toMatchObject({
      home: "/home/janedoe",
      worktree: "/srv/work",
      allow: ["public"],
      secretVariables: ["API_TOKEN", "LISTED", "TYPED"],
      secretsFile: rules,
    });
    expect(JSON.stringify(kept)).not.toContain(SECRET);
  });

  it("keeps no path of a rules file that lists no secrets", async () => {
    const rules = rulesFile("names: [janedoe]\n");
    expect(
      storedSettings(await observeScrubSettings({ env: {}, cwd: "/srv/work", rules }), []),
    ).not.toHaveProperty("secretsFile");
  });
});

describe("restoreSettings", () => {
  it("reads the values from the environment and the rules file", async () => {
    const kept = {
      home: "/home/janedoe",
      secretVariables: ["TYPED"],
      secretsFile: rulesFile("secrets: [four]"),
    };
    expect((await restore(kept, { TYPED: SECRET })).settings).toMatchObject({
      home: "/home/janedoe",
      secrets: [SECRET, "four"],
    });
  });

  it("refuses if a value is missing or too short, and names all such sources and the spool", async () => {
    const secretsFile = join(dir, "gone.yaml");
    const kept = { secretVariables: ["A", "B", "C"], secretsFile };
    await expect(restore(kept, { B: SECRET, C: "abc" })).rejects.toMatchObject({
      code: "CASSETTE_RECOVER_FAILED",
      file: ".it.spool-1",
      message: expect.stringContaining(`: A, C, ${secretsFile}.`),
      hint: expect.stringContaining("--without-secret"),
    });
  });

  it("proceeds without the secrets that the user gives up, and no others", async () => {
    const secretsFile = join(dir, "gone.yaml");
    const kept = { secretVariables: ["A", "B"], secretsFile };
    const { settings } = await restore(kept, { B: SECRET }, ["A", secretsFile]);
    expect(settings.secrets).toEqual([SECRET]);
    await expect(restore(kept, { B: SECRET }, ["A"])).rejects.toThrow(secretsFile);
  });

  it("refuses a rules file that lists no secrets any more, a folder and a device", async () => {
    mkdirSync(join(dir, "folder"));
    for (const secretsFile of [rulesFile("names: [janedoe]"), join(dir, "folder"), "/dev/zero"])
      await expect(restore({ secretsFile })).rejects.toMatchObject({ code: "CASSETTE_RECOVER_FAILED" });
  });

  it("takes the values that an older version kept", async () => {
    const { settings } = await restore({ names: ["janedoe"], secrets: [SECRET] });
    expect(settings).toMatchObject({ names: ["janedoe"], secrets: [SECRET] });
  });

  it("takes the spool of a library, which keeps nothing", async () => {
    expect(await restore(null)).toEqual({ settings: { secrets: [] }, found: [] });
  });

  it("restores what the recorder had found in the facts", async () => {
    const report = { status: "redacted" as const, rules: ["name"], hit_counts: { name: 2 } };
    const found: ArtifactReport[] = [[ARTIFACT.manifest, report]];
    const observed = await observeScrubSettings({ env: {}, cwd: "/srv/work" });
    expect((await restore(storedSettings(observed, found))).found).toEqual(found);
  });

  it.each<[string, JsonValue]>([
    ["no object", [1]],
    ["a text for a list", { names: "janedoe" }],
    ["a list of numbers", { secretVariables: [1] }],
    ["a home that is no text", { home: {} }],
    ["a rules file that is no text", { secretsFile: null }],
    ["a rule without a pattern", { rules: [{ name: "x" }] }],
    ["a rule that is nothing", { rules: [null] }],
    ["hits in something else", { hits: { "other.json": { name: 1 } } }],
    ["hits that are no count", { hits: { "manifest.json": { name: "1" } } }],
    ["an account of one character", { accountIdentifiers: ["x"] }],
  ])("refuses a malformed spool: %s", async (_, kept) => {
    await expect(restore(kept)).rejects.toMatchObject({
      code: "CASSETTE_RECOVER_FAILED",
      file: ".it.spool-1",
    });
  });
});
