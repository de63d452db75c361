import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const EVERYBODY_ELSE = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };

function git(dir: string, ...args: string[]): void {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  execFileSync("git", ["-C", dir, ...identity, ...args], {
    env: { ...process.env, ...EVERYBODY_ELSE },
    stdio: "pipe",
  });
}

/** A repository with a cassette that was committed where text is converted. */
async function repository(dir: string, { gitAttributes }: { gitAttributes: boolean }): Promise<string> {
  const origin = join(dir, "origin");
  execFileSync("git", ["init", "-q", origin], { env: { ...process.env, ...EVERYBODY_ELSE } });
  writeFileSync(join(origin, ".gitattributes"), "* text=auto\n");
  await cassette(["record", join(origin, "it"), "--", "printf", "one\\ntwo\\nthree\\n"]);
  if (!gitAttributes) rmSync(join(origin, "it", ".gitattributes"));
  git(origin, "add", ".");
  git(origin, "commit", "-q", "-m", "Add a cassette");
  return origin;
}

const SETTINGS = [
  ["true", "crlf"],
  ["input", "lf"],
] as const;

function checkOut(origin: string, [autocrlf, eol]: (typeof SETTINGS)[number]): string {
  const clone = `${origin}-${eol}`;
  git(origin, "clone", "-q", "-c", `core.autocrlf=${autocrlf}`, "-c", `core.eol=${eol}`, origin, clone);
  return join(clone, "it");
}

describe("a cassette in a repository that converts text", () => {
  it("verifies after a checkout with either line ending", async () => {
    const origin = await repository(temporaryDirectory(), { gitAttributes: true });
    const recorded = readFileSync(join(origin, "it", "output.raw"));
    expect(recorded.toString()).toBe("one\r\ntwo\r\nthree\r\n");
    for (const setting of SETTINGS) {
      const clone = checkOut(origin, setting);
      expect(readFileSync(join(clone, "output.raw"))).toEqual(recorded);
      expect(await cassette(["verify", clone])).toMatchObject({ status: 0 });
    }
  });

  it("is not valid without its .gitattributes, and verify says why", async () => {
    const origin = await repository(temporaryDirectory(), { gitAttributes: false });
    const result = await cassette(["verify", checkOut(origin, ["input", "lf"])]);
    expect(result.status).toBe(1);
    expect(result.stdout).toContain("its line endings were converted");
  });
});
