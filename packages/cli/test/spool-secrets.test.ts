import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";
import { killRecording } from "./left-spool.js";
import { watched } from "./watched.js";

/** Values of no known shape, one of each source. */
const VALUES = {
  typed: "correct-horse/battery",
  named: "q8/staple-7.zz",
  ofRules: "winter/of-1812.x",
  listed: "not/of-a.known-shape",
};
const SECRETS = Object.values(VALUES);
const VARIABLES = { TYPED: VALUES.typed, DEPLOY_TOKEN: VALUES.named, LISTED: VALUES.ofRules };
const ENV = { ...process.env, ...VARIABLES };
/** Reads a line that is not shown. */
const PROGRAM = "stty -echo; printf ready; read x; echo thanks; sleep 60";

/** The secrets that files under a directory hold. */
function leaksIn(dir: string): string[] {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const texts = entries.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "latin1"));
  return SECRETS.filter((secret) => texts.some((text) => text.includes(secret)));
}

/** What it takes to record a program that gets a secret of each source as an argument, and is typed one. */
function recordingOf(program: string) {
  const [dir, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
  const rules = join(elsewhere, "rules.yaml");
  writeFileSync(rules, `secrets: [${VALUES.listed}]\nsecretEnv: [LISTED]\n`);
  const script = join(elsewhere, "script.json");
  const steps = [{ wait: "ready" }, { secret: "TYPED" }, { press: "Enter" }, { wait: "thanks" }];
  writeFileSync(script, JSON.stringify(steps));
  const options = ["--rules", rules, "--script", script, "-t", `with ${VALUES.named}`];
  const args = ["record", "it", ...options, "--", "sh", "-c", program, "sh", ...SECRETS];
  return { dir, rules, args };
}

/** Kills a recording after a secret was typed. @returns its folder and its rules file. */
async function killedRecording(program = PROGRAM) {
  const { dir, rules, args } = recordingOf(program);
  const raw = () => join(dir, readdirSync(dir)[0] ?? "-", "cassette", "output.raw");
  const hasThanked = () => existsSync(raw()) && readFileSync(raw(), "utf8").includes("thanks");
  await killRecording(args, hasThanked, 0, { cwd: dir, env: ENV });
  return { dir, rules };
}

const echoing = `echo ${SECRETS.join(" ")}; ${PROGRAM}`;
const recover = (dir: string, args: readonly string[], env: NodeJS.ProcessEnv) =>
  cassette(["recover", ...args], { cwd: dir, env: { ...process.env, ...env } });

describe("a spool", () => {
  it("holds no secret value at any moment of a recording", async () => {
    const { dir, args } = recordingOf("stty -echo; printf ready; read x; echo thanks");
    const { result, seen } = await watched(SECRETS, dir, () => cassette(args, { cwd: dir, env: ENV }));
    expect(result).toMatchObject({ status: 0 });
    expect(seen).toEqual([]);
    expect(leaksIn(dir)).toEqual([]);
  });

  it("holds none after its recorder was killed", async () => {
    const { dir } = await killedRecording();
    const [spool = ""] = readdirSync(dir);
    const note = readFileSync(join(dir, spool, "spool.json"), "utf8");
    for (const name of Object.keys(VARIABLES)) expect(note).toContain(`"${name}"`);
    expect(leaksIn(dir)).toEqual([]);
  });
});

describe("cassette recover, of a recording that knew secrets", () => {
  it("masks them with the values in its own environment and the rules file", async () => {
    const { dir } = await killedRecording(echoing);
    expect(leaksIn(dir).length).toBeGreaterThan(0);
    expect(await recover(dir, [], VARIABLES)).toMatchObject({ status: 0 });
    expect(readdirSync(dir)).toEqual(["it"]);
    expect(leaksIn(dir)).toEqual([]);
    // The arguments and the title were masked before they were recorded.
    expect(JSON.parse(readFileSync(join(dir, "it", "scrub-report.json"), "utf8"))).toMatchObject({
      artifacts: { "manifest.json": { "literal-secret": 2 * SECRETS.length + 1 } },
    });
    expect(await cassette(["verify", "it"], { cwd: dir })).toMatchObject({ status: 0 });
  });

  it("refuses if values are missing, names them all and leaves the spool as it was", async () => {
    const { dir, rules } = await killedRecording(echoing);
    const [spool = ""] = readdirSync(dir);
    writeFileSync(rules, "names: [janedoe]\n");
    const { status, stderr } = await recover(dir, [], { LISTED: VALUES.ofRules });
    expect(status).toBe(3);
    expect(stderr).toContain(`missing here: DEPLOY_TOKEN, TYPED, ${rules}. [CASSETTE_RECOVER_FAILED]`);
    expect(stderr).toContain("--without-secret NAME");
    expect(readdirSync(dir)).toEqual([spool]);
    writeFileSync(rules, `secrets: [${VALUES.listed}]\n`);
    expect(await recover(dir, [], VARIABLES)).toMatchObject({ status: 0 });
    expect(leaksIn(dir)).toEqual([]);
  });

  it("proceeds without the values that are given up, and no others", async () => {
    const { dir, rules } = await killedRecording(echoing);
    writeFileSync(rules, "");
    const givingUp = ["--without-secret", "TYPED", "--without-secret", rules];
    expect(await recover(dir, givingUp, { LISTED: VALUES.ofRules })).toMatchObject({ status: 3 });
    const { LISTED, DEPLOY_TOKEN } = VARIABLES;
    expect(await recover(dir, givingUp, { LISTED, DEPLOY_TOKEN })).toMatchObject({ status: 0 });
    expect(leaksIn(dir)).toEqual([VALUES.typed, VALUES.listed]);
  });

  it("needs no value if nothing is to be scrubbed", async () => {
    const { dir } = await killedRecording();
    expect(await recover(dir, ["--no-scrub"], {})).toMatchObject({ status: 0 });
  });

  it("scrubs with the values in the spool of an older version", async () => {
    const { dir } = await killedRecording(echoing);
    const note = join(dir, readdirSync(dir)[0] ?? "", "spool.json");
    const { scrub, ...rest } = JSON.parse(readFileSync(note, "utf8"));
    const { secretVariables: _, secretsFile: __, ...older } = scrub;
    writeFileSync(note, JSON.stringify({ ...rest, scrub: { ...older, secrets: SECRETS } }));
    expect(await recover(dir, [], {})).toMatchObject({ status: 0 });
    expect(leaksIn(dir)).toEqual([]);
  });

  it("refuses a spool whose settings are malformed", async () => {
    const { dir } = await killedRecording();
    const spool = readdirSync(dir)[0] ?? "";
    const note = join(dir, spool, "spool.json");
    const { scrub: _, ...rest } = JSON.parse(readFileSync(note, "utf8"));
    writeFileSync(note, JSON.stringify({ ...rest, scrub: { names: 7, secretVariables: ["\u001b]0;x"] } }));
    const { status, stderr } = await recover(dir, [], {});
    expect(status).toBe(3);
    expect(stderr).toContain("malformed. [CASSETTE_RECOVER_FAILED]");
    expect(readdirSync(dir)).toEqual([spool]);
  });
});

describe("cassette record --unset-secrets", () => {
  /** Records a program that says whether it has the variable and how long the line it reads is. */
  async function outputWith(options: readonly string[]) {
    const dir = temporaryDirectory();
    writeFileSync(join(dir, "script.yaml"), "- wait: ready\n- secret: TYPED\n- press: Enter\n");
    const program = "stty -echo; printf ready; read x; env | grep -c -e ^TYPED -e ^DEPLOY_TOKEN; echo $x";
    const args = [
      "record",
      "--no-scrub",
      "it",
      "--script",
      "script.yaml",
      ...options,
      "--",
      "sh",
      "-c",
      program,
    ];
    expect(await cassette(args, { cwd: dir, env: ENV })).toMatchObject({ status: 0 });
    return readFileSync(join(dir, "it", "output.raw"), "utf8");
  }

  it("starts the program without the variables that the script types, and types them", async () => {
    expect(await outputWith([])).toBe(`ready2\r\n${VALUES.typed}\r\n`);
    expect(await outputWith(["--unset-secrets"])).toBe(`ready1\r\n${VALUES.typed}\r\n`);
  });

  it("still masks their values", async () => {
    const dir = temporaryDirectory();
    writeFileSync(join(dir, "script.yaml"), "- wait: ready\n- secret: TYPED\n- press: Enter\n");
    const args = ["record", "it", "--script", "script.yaml", "--unset-secrets", "--", "sh", "-c"];
    const outcome = await cassette([...args, "printf ready; read x; echo got $x"], { cwd: dir, env: ENV });
    expect(outcome).toMatchObject({ status: 0 });
    expect(readFileSync(join(dir, "it", "output.raw"), "utf8")).toMatch(/^ready\*{21}\r\ngot \*{21}\r\n$/);
  });

  it("is refused where no script types a secret, before the program starts", async () => {
    const dir = temporaryDirectory();
    const outcome = await cassette(["record", "it", "--unset-secrets", "--", "touch", "ran"], { cwd: dir });
    expect(outcome).toMatchObject({ status: 2, stderr: expect.stringContaining("CASSETTE_USAGE") });
    expect(readdirSync(dir)).toEqual([]);
  });
});
