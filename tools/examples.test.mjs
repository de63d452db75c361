import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const root = dirname(import.meta.dirname);
const hasPython = spawnSync("which", ["python3"], { stdio: "ignore" }).status === 0;

describe("examples/calculator", () => {
  const example = join(root, "examples/calculator");

  it("passes its own tests as in CI, and leaves no files behind", () => {
    const before = filesOf(example);
    const shown = run(["npm", "test"], example, { CI: "1" });
    expect(shown).toContain("1 scenario, all passed");
    expect(filesOf(example)).toEqual(before);
  });

  it.skipIf(!hasPython)("records its session again", () => {
    const copy = copyOf(example);
    run(["npm", "run", "record"], copy, { TERM: "xterm-256color", LC_ALL: "C.UTF-8" });
    expect(run(["npx", "cassette", "test", "scenarios/python.yaml"], copy)).toContain("all passed");
  });

  it("passes the same tests against a stub of the program", () => {
    expect(run(["npm", "run", "test:stub"], example, { CI: "1" })).toMatch(/8 passed/);
  });

  it.skipIf(!hasPython)("passes the same tests against the program itself", () => {
    expect(run(["npm", "run", "test:live"], example, { CI: "1" })).toMatch(/8 passed/);
  });

  it.skipIf(!hasPython)("calculates", () => {
    expect(run([process.execPath, "calculate.mjs", "6 * 7", "'世界' * 2"], example)).toBe("42\n'世界世界'\n");
  });
});

/** All files except installed ones; test runners keep their caches there. */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => !path.startsWith("node_modules"),
  );
}

/** A copy of the example, with its installed packages. */
function copyOf(example) {
  const copy = mkdtempSync(join(tmpdir(), "cassette-example-"));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(example, copy, { recursive: true, filter: (path) => !path.includes("node_modules") });
  symlinkSync(join(example, "node_modules"), join(copy, "node_modules"));
  return copy;
}

function run([command, ...args], cwd, env = {}) {
  // The example's own test runner must not see the variables of this one.
  const { VITEST: _, VITEST_MODE: __, NODE_TEST_CONTEXT: ___, ...outer } = process.env;
  return execFileSync(command, args, {
    cwd,
    env: { ...outer, ...env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}
