import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const packages = join(dirname(import.meta.dirname), "packages");

// An example is the first `ts` block of a README, written so that it is JavaScript too. A comment behind `console.log` says
// what is printed.
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

function examples() {
  return readdirSync(packages).flatMap((name) => {
    const readme = readFileSync(join(packages, name, "README.md"), "utf8");
    const example = /```ts\n(.*?)```/s.exec(readme)?.[1];
    return example === undefined ? [] : [[name, example]];
  });
}

/** Runs code as a module beside the built packages; returns the lines it prints. */
function run(name, code) {
  const folder = mkdtempSync(join(import.meta.dirname, `.example-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "example.mjs"), code);
  return execFileSync(process.execPath, ["example.mjs"], { cwd: folder, encoding: "utf8" })
    .trimEnd()
    .split("\n");
}
