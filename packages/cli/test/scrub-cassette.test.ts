import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const GO_CASSETTES = join(import.meta.dirname, "../../format/conformance/go-v1/cassettes");
const GO_NAMES = process.env.CASSETTE_SOAK
  ? readdirSync(GO_CASSETTES).filter((name) => !name.endsWith(".json"))
  : ["synthetic-full", "real-top", "invalid-utf8", "empty-output"];
const TOKEN = "ghp_k7Q0aBcDeFgHiJkLmNoPqRsTuVwXyZ012345";

/** Records what a shell prints, without scrubbing it. */
async function unscrubbed(dir: string, script: string): Promise<string> {
  const target = join(dir, "old");
  const recorded = await cassette(["record", "--no-scrub", target, "--", "sh", "-c", script]);
  expect(recorded.status).toBe(0);
  return target;
}

function filesOf(dir: string): string {
  return readdirSync(dir)
    .map((name) => readFileSync(join(dir, name), "latin1"))
    .join("\n");
}

describe("cassette scrub DIR", () => {
  it("makes a new cassette without the secrets of the old one, and keeps the old one", async () => {
    const dir = temporaryDirectory();
    const old = await unscrubbed(dir, `echo 'cloned with ${TOKEN}'`);
    const before = filesOf(old);
    expect(before).toContain(TOKEN);
    const target = join(dir, "new");
    const outcome = await cassette(["scrub", old, "-o", target]);
    expect(outcome).toMatchObject({ status: 0, stdout: "" });
    expect(outcome.stderr).toMatch(/^\S+new: scrubbed, \d redactions\.\n$/);
    expect(filesOf(target)).not.toContain(TOKEN);
    expect(filesOf(old)).toBe(before);
    expect(readdirSync(dir).sort()).toEqual(["new", "old"]);
    expect(readFileSync(join(target, ".gitattributes"), "utf8")).toBe("* -text\n");
    expect(await cassette(["verify", target])).toMatchObject({ status: 0 });
  });

  it("scrubs what Go wrote", async () => {
    const dir = temporaryDirectory();
    for (const name of GO_NAMES) {
      const outcome = await cassette(["scrub", join(GO_CASSETTES, name), "-o", join(dir, name)]);
      expect([name, outcome.status]).toEqual([name, 0]);
    }
    const made = GO_NAMES.map((name) => join(dir, name));
    expect(await cassette(["verify", ...made])).toMatchObject({ status: 0 });
    expect(await cassette(["scrub", "--check", ...made])).toMatchObject({ status: 0, stdout: "" });
  });

  it("changes nothing with --check, and reports what is where", async () => {
    const old = await unscrubbed(temporaryDirectory(), `echo '${TOKEN}'; echo fine`);
    const looked = await cassette(["scrub", "--check", old]);
    expect(looked.status).toBe(1);
    const lines = looked.stdout.trimEnd().split("\n");
    expect(lines).toContain(`found ${old}/manifest.json github-token 1`);
    expect(lines).toContain(`found ${old}/output.raw github-token 1`);
    expect(lines.some((line) => line.startsWith(`found ${old}/frames.jsonl github-token `))).toBe(true);
    expect(looked.stdout + looked.stderr).not.toContain(TOKEN);
  });

  it("leaves no files when it is interrupted", async () => {
    const dir = temporaryDirectory();
    const drawn = join(dir, "drawn.txt");
    writeFileSync(drawn, `x\x1b[5;5Hy ${TOKEN}\r\n`.repeat(20_000));
    const old = await unscrubbed(dir, `cat ${drawn}`);
    const hasBegun = () => readdirSync(dir).some((name) => name.startsWith(".new.spool-"));
    const outcome = await cassette(["scrub", old, "-o", join(dir, "new")], {
      onStart(kill) {
        const timer = setInterval(() => {
          if (!hasBegun()) return;
          clearInterval(timer);
          kill("SIGINT");
        }, 5);
      },
    });
    expect(outcome).toMatchObject({ status: 130, stdout: "" });
    expect(readdirSync(dir).sort()).toEqual(["drawn.txt", "old"]);
  });

  it("checks folders of cassettes on all processors, and continues after an unreadable one", async () => {
    const dir = temporaryDirectory();
    for (const name of ["a", "c", "d", "e"]) {
      cpSync(join(GO_CASSETTES, "minimal"), join(dir, name), { recursive: true });
    }
    const old = await unscrubbed(temporaryDirectory(), `echo '${TOKEN}'`);
    cpSync(old, join(dir, "b"), { recursive: true });
    writeFileSync(join(dir, "c", "output.raw"), "changed");
    const { status, stdout, stderr } = await cassette(["scrub", "--check", dir]);
    expect(status).toBe(1);
    expect(stdout).toContain(`found ${dir}/b/output.raw github-token 1\n`);
    expect(stdout.split("\n").filter((line) => line !== "" && !line.startsWith(`found ${dir}/b/`))).toEqual(
      [],
    );
    expect(stderr).toContain("CASSETTE_DIGEST_MISMATCH");
  });

  it("finds a secret that only a frame contains", async () => {
    const dir = temporaryDirectory();
    cpSync(join(GO_CASSETTES, "minimal"), join(dir, "it"), { recursive: true });
    const frames = join(dir, "it", "frames.jsonl");
    writeFileSync(frames, readFileSync(frames, "utf8").replace(/"text":\["[^"]*"/, `"text":["${TOKEN}"`));
    const looked = await cassette(["scrub", "--check", join(dir, "it")]);
    expect(looked).toMatchObject({
      status: 1,
      stdout: `found ${join(dir, "it")}/frames.jsonl github-token 1\n`,
    });
  });

  it.each([
    [["scrub", "it"], "The target is missing"],
    [["scrub", "-o", "new"], "--output needs a cassette"],
    [["scrub", "a", "b", "-o", "new"], "One cassette at a time"],
    [["scrub", "a", "--check", "-o", "new"], "writes nothing"],
    [["scrub", "nowhere", "-o", "new"], "CASSETTE_NOT_FOUND"],
    [["scrub", "--rules", "nowhere", "--check", "it"], "The rules cannot be read."],
  ])("exits with status 2 on a usage error: %j", async (args, words) => {
    const dir = temporaryDirectory();
    const outcome = await cassette(args, { cwd: dir, stdin: "" });
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain(words);
    expect(existsSync(join(dir, "new"))).toBe(false);
  });
});
