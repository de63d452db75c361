import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const packages = join(dirname(import.meta.dirname), "packages");

// An example is the first `ts` block of a README, which is also valid JavaScript. A comment after `console.log` is the expected
// output.
describe("the READMEs' examples", () => {
  for (const [name, example] of examples()) {
    it(`${name}: prints what it says`, () => {
      const promised = [...example.matchAll(/console\.log\(.*\);? \/\/ (.*)/g)].map((match) => match[1]);
      expect(promised).not.toEqual([]);
      const printed = run(name, example);
      expect(printed.filter((line) => promised.includes(line))).toEqual(promised);
    });
  }
});

// The project that testing's README sets up, with packages of this workspace instead of installed ones.
describe("testing's README", () => {
  const lacking = spawnSync("which", ["less"]).status !== 0;
  it.skipIf(lacking)("records with its script, then passes its test", () => {
    // Outside this repository, where Vitest would find our configuration.
    const project = temporaryFolder(join(tmpdir(), "cassette-readme-"));
    installInto(project);
    const readme = readFileSync(join(packages, "testing", "README.md"), "utf8");
    writeFileSync(join(project, "less.yaml"), blockOf(readme, "yaml"));
    writeFileSync(join(project, "less.test.js"), blockOf(readme, "js"));
    const { CI: _, ...outsideCi } = process.env;
    const env = { ...outsideCi, PATH: `${join(project, "node_modules/.bin")}:${process.env.PATH}` };
    const sh = (command) => execFileSync("bash", ["-c", command], { cwd: project, encoding: "utf8", env });
    sh("npm init -y && npm pkg set type=module");
    const record = /```sh\nnpx (cassette record .*)\n```/.exec(readme)?.[1];
    sh(`${record} 2>&1`);
    expect(sh("vitest run --no-color")).toMatch(/Tests {2}1 passed/);
    expect(readdirSync(join(project, "__screens__"))).toHaveLength(1);
  });
});

describe("the guide to testing", () => {
  it("shows tests that pass, and pass again", () => {
    const project = temporaryFolder(join(tmpdir(), "cassette-guide-"));
    installInto(project);
    const less = join(packages, "format/conformance/go-v1/cassettes/real-less");
    cpSync(less, join(project, "less.cassette"), { recursive: true });
    const guide = readFileSync(join(dirname(packages), "docs/guides/testing.md"), "utf8");
    const [todoTest, lessTest] = [...guide.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);
    writeFileSync(join(project, "todo.mjs"), /\$ cat todo\.mjs\n(.*?)\n\$ /s.exec(guide)?.[1] ?? "");
    writeFileSync(join(project, "todo.test.js"), todoTest);
    writeFileSync(join(project, "less.test.js"), lessTest);
    const { CI: _, ...env } = process.env;
    const vitest = join(project, "node_modules/.bin/vitest");
    const options = { cwd: project, encoding: "utf8", env };
    // The first run records, the second one replays.
    for (let time = 0; time < 2; time++)
      expect(execFileSync(vitest, ["run", "--no-color"], options)).toMatch(/Tests {2}2 passed/);
  });
});

function installInto(project) {
  const modules = join(project, "node_modules");
  const links = {
    "@cassette/testing": join(packages, "testing"),
    vitest: join(dirname(packages), "node_modules/vitest"),
    ".bin/cassette": join(packages, "cli/dist/main.cjs"),
    ".bin/vitest": join(dirname(packages), "node_modules/vitest/vitest.mjs"),
  };
  for (const [name, target] of Object.entries(links)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(target, join(modules, name));
  }
}

function examples() {
  return readdirSync(packages).flatMap((name) => {
    const readme = readFileSync(join(packages, name, "README.md"), "utf8");
    const example = blockOf(readme, "ts");
    return example === undefined ? [] : [[name, example]];
  });
}

/** Runs code as a module beside the built packages; returns the lines it prints. */
function run(name, code) {
  const folder = temporaryFolder(join(import.meta.dirname, `.example-${name}-`));
  writeFileSync(join(folder, "example.mjs"), code);
  return execFileSync(process.execPath, ["example.mjs"], { cwd: folder, encoding: "utf8" })
    .trimEnd()
    .split("\n");
}

function temporaryFolder(prefix) {
  const folder = mkdtempSync(prefix);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The first code block of a language. */
function blockOf(text, language) {
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(text)?.[1];
}
