import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const NAME = "Bertrand.Dine";
/** Without what the machine says of its own user. */
const { USER, LOGNAME, USERNAME, SUDO_USER, DOAS_USER, ...ENV } = process.env;

function filesOf(dir: string): Record<string, string> {
  return Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), "latin1")]));
}

/** Records a program that prints a text; its user is named by one variable alone. */
async function recordAs(env: NodeJS.ProcessEnv, options: readonly string[] = [], text = NAME) {
  const dir = temporaryDirectory();
  const args = ["record", "it", ...options, "--", "echo", text];
  const outcome = await cassette(args, { cwd: dir, env: { ...ENV, ...env } });
  return { ...outcome, output: readFileSync(join(dir, "it", "output.raw"), "utf8") };
}

describe("the user's name", () => {
  it.each([
    ["USER", NAME],
    ["LOGNAME", NAME],
    ["USERNAME", NAME],
    ["SUDO_USER", NAME],
    ["DOAS_USER", NAME],
    ["HOME", `/nonexistent/${NAME}/`],
  ])("is masked if only %s holds it", async (variable, value) => {
    const { status, output } = await recordAs({ [variable]: value });
    expect(status).toBe(0);
    expect(output).toMatch(/^\*+\r\n$/);
  });

  it("is masked in every file of a cassette", async () => {
    const dir = temporaryDirectory();
    const steps = [
      { wait: "ready" },
      { type: `${NAME} typed` },
      { press: "Enter" },
      { mark: NAME },
      { press: "C-d" },
    ];
    writeFileSync(join(dir, "script.json"), JSON.stringify(steps));
    writeFileSync(join(dir, "events.jsonl"), `${JSON.stringify({ [NAME]: [`by ${NAME}`] })}\n`);
    writeFileSync(
      join(dir, "facts.json"),
      JSON.stringify({ discovery: { source: NAME, status: "known", models: [] } }),
    );
    const program = `printf '\\033]0;${NAME}\\007ready %s ' ${NAME.toLowerCase()}; exec cat`;
    const options = [
      "--script",
      "script.json",
      "--service-events",
      "events.jsonl",
      "--manifest",
      "facts.json",
    ];
    const args = ["record", "it", ...options, "-t", `by ${NAME}`, "--", "sh", "-c", program, NAME];
    const outcome = await cassette(args, { cwd: dir, env: { ...ENV, LOGNAME: NAME } });
    expect(outcome).toMatchObject({ status: 0 });
    const files = filesOf(join(dir, "it"));
    expect(files["input.jsonl"]).not.toContain(Buffer.from(NAME).toString("base64").slice(0, 12));
    const leaks = Object.keys(files).filter((name) =>
      files[name]?.toLowerCase().includes(NAME.toLowerCase()),
    );
    expect(leaks).toEqual([]);
    expect(JSON.parse(files["scrub-report.json"] ?? "")).toMatchObject({
      hit_counts: { name: expect.any(Number) },
    });
  });
});

describe("a name that is not masked", () => {
  const note = /^Not masked, because too short or too common: (.*)$/gm;

  it("is reported once by record, with its source", async () => {
    const { stderr, output } = await recordAs(
      { USER: "xyz", LOGNAME: "xyz", HOME: "/nowhere/xyz" },
      [],
      "xyz",
    );
    expect(output).toBe("xyz\r\n");
    expect([...stderr.matchAll(note)].map(([, list]) => list)).toEqual([
      expect.stringContaining('"xyz" (USER, LOGNAME, HOME)'),
    ]);
  });

  it("is reported for a common name, too", async () => {
    expect((await recordAs({ USER: "root" })).stderr).toMatch(/"root" \(USER\b/);
    expect((await recordAs({ USER: "Ubuntu" })).stderr).toMatch(/"Ubuntu" \(USER\)/);
  });

  it("is reported for a name that a rules file lists in vain, but masked as an account", async () => {
    const dir = temporaryDirectory();
    const rules = join(dir, "rules.yaml");
    writeFileSync(rules, "names: [bob]\n");
    expect((await recordAs({}, ["--rules", rules], "bob")).stderr).toContain('"bob" (rules file)');
    writeFileSync(rules, "accountIdentifiers: [xyz]\n");
    const { stderr, output } = await recordAs({ USER: "xyz" }, ["--rules", rules], "xyz");
    expect(stderr).not.toContain("xyz");
    expect(output).toBe("***\r\n");
  });

  it("is not reported if nothing is masked, or with --quiet", async () => {
    for (const option of ["--no-scrub", "--quiet"])
      expect((await recordAs({ USER: "xyz" }, [option])).stderr).not.toMatch(note);
  });

  it("is escaped on the terminal", async () => {
    const { stderr } = await recordAs({ USER: "x\u001b[y" });
    expect(stderr).toMatch(note);
    expect(stderr).not.toContain("\u001b");
  });
});
