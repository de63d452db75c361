import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { COMMAND, cassette, temporaryDirectory } from "./cassette.js";

/** What a program prints to be taken for a command, a fence, markup or a directive. */
const HOSTILE = "::error::owned\n##[error]owned\n```\n<b>&\"' # SKIP ]]>";

/** A folder with a recording and scenarios: one that passes, one that fails twice, one that is none. */
async function project(): Promise<string> {
  const cwd = temporaryDirectory();
  await cassette(["record", "it", "--", "printf", "%s", `hello\n${HOSTILE}`], { cwd });
  const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
  write(
    "good.yaml",
    "name: 'says # hello'\ncassette_path: it\ngroups:\n  a:\n    - { type: exit_status, exit_code: 0 }\n",
  );
  const failing = [
    "name: 'fails, twice: <&>'",
    "cassette_path: it",
    "groups:",
    "  a:",
    "    - { type: exit_status, exit_code: 0 }",
    "    - { type: frame_contains, text: goodbye }",
    `    - { type: screen_equals, text: ${JSON.stringify(`hello\n${HOSTILE}\`\`\``)} }`,
  ];
  write("bad.yaml", `${failing.join("\n")}\n`);
  write("wrong.yaml", "name: a\ncassette_path: it\ngroups: { a: [{ type: frame_contains }] }\n");
  return cwd;
}

const FILES = ["good.yaml", "bad.yaml", "wrong.yaml"];

/** The lines that GitHub would take for commands, as its runner does: not while they are stopped. */
function commandsIn(output: string): string[] {
  let stopped: string | null = null;
  return output.split("\n").filter((line) => {
    const command = line.trimStart();
    if (stopped !== null) {
      if (command === `::${stopped}::`) stopped = null;
      return false;
    }
    stopped = /^::stop-commands::(.+)$/.exec(command)?.[1] ?? null;
    return stopped === null && (command.startsWith("::") || command.includes("##["));
  });
}

describe("cassette test --report", () => {
  it("github annotates the scenario's lines, and recorded text gives no commands", async () => {
    const cwd = await project();
    const summary = join(cwd, "summary.md");
    const env = { ...process.env, GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: cwd };
    const { status, stdout } = await cassette(["test", "--report", "github", ...FILES], { cwd, env });
    expect(status).toBe(2);
    const commands = commandsIn(stdout);
    expect(commands.map((line) => line.split("::")[1])).toEqual([
      "error file=bad.yaml,line=6,title=fails%2C twice%3A <&>",
      "error file=bad.yaml,line=7,title=fails%2C twice%3A <&>",
      "error file=wrong.yaml,line=3,title=wrong.yaml",
    ]);
    expect(commands[0]).toContain('::frame_contains: expected some frame contains "goodbye"; found none');
    expect(stdout).toContain("owned");
    const text = readFileSync(summary, "utf8");
    expect(text).toMatch(/^### 2 of 3 scenarios failed\n/);
    // Every fence that begins is ended by one of its length, whatever is in it.
    let fence: string | null = null;
    for (const line of text.split("\n")) {
      if (fence === null) fence = /^(`{3,})text$/.exec(line)?.[1] ?? null;
      else if (line === fence) fence = null;
      if (fence === null) expect(line).not.toMatch(/^::|^<b>/);
    }
    expect(fence).toBeNull();
    expect(text).toMatch(/Expected:\n\n`{4,}text\nhello\n/);
  });

  it("junit=FILE writes XML that a parser reads", async () => {
    const cwd = await project();
    const report = ["--report", "junit=out/junit.xml", "--report", "tap=tap.txt"];
    const { stdout } = await cassette(["test", ...report, ...FILES], { cwd });
    expect(stdout).toContain("ok says # hello");
    const script = `
import json, sys, xml.etree.ElementTree as tree
suites = tree.parse(sys.argv[1]).getroot()
cases = [dict(c.attrib, failed=[f.attrib["message"] for f in c], text=[f.text for f in c]) for c in suites.iter("testcase")]
print(json.dumps([dict(suites.attrib), cases]))`;
    const [totals, cases] = JSON.parse(
      execFileSync("python3", ["-c", script, join(cwd, "out/junit.xml")], { encoding: "utf8" }),
    );
    expect(totals).toMatchObject({ tests: "3", failures: "2" });
    expect(cases).toMatchObject([
      { name: "says # hello", file: "good.yaml", failed: [] },
      { name: "fails, twice: <&>", file: "bad.yaml", line: "6", failed: ["2 assertions do not hold"] },
      { name: "wrong.yaml", line: "3", failed: [expect.stringContaining("CASSETTE_SCENARIO_INVALID")] },
    ]);
    expect(cases[1].text[0]).toContain("<b>&\"' # SKIP ]]>");
    expect(readFileSync(join(cwd, "tap.txt"), "utf8")).toMatch(/^TAP version 14\n1\.\.3\n/);
  });

  it("tap writes what a consumer reads, one line for each scenario", async () => {
    const cwd = await project();
    const { stdout } = await cassette(["test", "--report", "tap", ...FILES], { cwd });
    const lines = stdout.split("\n");
    expect(lines.filter((line) => /^(?:not )?ok/.test(line))).toEqual([
      "ok 1 - says \\# hello",
      "not ok 2 - fails, twice: <&>",
      "not ok 3 - wrong.yaml",
    ]);
    expect(lines.filter((line) => !/^(?:TAP version 14|1\.\.3|(?:not )?ok .*| {2}.*|)$/.test(line))).toEqual(
      [],
    );
  });

  it.each([[["xml"]], [["junit"]], [["github=file"]], [["tap", "--report", "github"]], [["tap", "--json"]]])(
    "refuses %j",
    async (report) => {
      const cwd = await project();
      expect(await cassette(["test", "good.yaml", "--report", ...report], { cwd })).toMatchObject({
        status: 2,
        stderr: expect.stringContaining("CASSETTE_USAGE"),
      });
    },
  );
});

describe("cassette test --artifacts", () => {
  it("writes a folder for each failure, and nothing for what passes", async () => {
    const cwd = await project();
    await cassette(["test", ...FILES, "--artifacts", "evidence"], { cwd });
    const folders = readdirSync(join(cwd, "evidence")).sort();
    expect(folders).toHaveLength(3);
    for (const folder of folders) {
      expect(readdirSync(join(cwd, "evidence", folder)).sort()).toEqual([
        "failure.html",
        "failure.json",
        "failure.md",
      ]);
    }
    const facts = folders.map((folder) =>
      JSON.parse(readFileSync(join(cwd, "evidence", folder, "failure.json"), "utf8")),
    );
    expect(facts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ version: 1, test: "fails, twice: <&>", file: "bad.yaml", line: 6 }),
        expect.objectContaining({
          line: 7,
          screens: { expected: expect.stringContaining("hello"), found: expect.stringContaining("hello") },
        }),
        expect.objectContaining({ file: "wrong.yaml", failure: null }),
      ]),
    );
    const pages = folders.map((folder) =>
      readFileSync(join(cwd, "evidence", folder, "failure.html"), "utf8"),
    );
    // Two are pages of the recording; of what is no scenario there is none.
    expect(pages.filter((page) => page.includes('id="header"'))).toHaveLength(2);
    for (const page of pages) expect(page).not.toContain("<b>");
  });
});

describe("cassette test --filter", () => {
  it("runs the scenarios whose name fits, and fails where there is none", async () => {
    const cwd = await project();
    const run = (filter: string) => cassette(["test", "good.yaml", "bad.yaml", "--filter", filter], { cwd });
    expect(await run("HELLO")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("1 scenario, all passed"),
    });
    expect(await run("/^says .* hello$/")).toMatchObject({ status: 0 });
    expect(await run("absent")).toMatchObject({ status: 2, stderr: expect.stringContaining("No scenario") });
    expect(await run("/(/")).toMatchObject({ status: 2 });
  });
});

describe("cassette test --watch", () => {
  it("runs again when a scenario changes, until it is interrupted", async () => {
    const cwd = await project();
    const child = spawn(process.execPath, [COMMAND, "test", "--watch", "good.yaml"], { cwd });
    onTestFinished(() => void child.kill("SIGKILL"));
    let shown = "";
    const until = (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => shown.includes(text) && resolve();
        child.stdout.on("data", look);
        child.stderr.on("data", look);
        look();
      });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (shown += data));
    await until("Waiting for changes");
    expect(shown).toContain("1 scenario, all passed");
    shown = "";
    const text = readFileSync(join(cwd, "good.yaml"), "utf8");
    writeFileSync(join(cwd, "good.yaml"), text.replace("exit_code: 0", "exit_code: 1"));
    await until("Waiting for changes");
    expect(shown).toContain("1 scenario: 0 passed, 1 failed");
    child.kill("SIGINT");
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect(status).toBe(0);
    expect(existsSync(join(cwd, "evidence"))).toBe(false);
  });
});
