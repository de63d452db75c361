import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const packages = join(dirname(import.meta.dirname), "packages");

// An example is the first `ts` block of a README, written so that it is JavaScript too. A comment behind `console.log` says
// what is printed.
describe("the READMEs' examples", () => {
  for (const name of readdirSync(packages)) {
    const example = /```ts\n(.*?)```/s.exec(readFileSync(join(packages, name, "README.md"), "utf8"))?.[1];
    it.runIf(example !== undefined)(`${name}: prints what it says`, () => {
      const promised = [...(example ?? "").matchAll(/console\.log\(.*\);? \/\/ (.*)/g)].map(
        (match) => match[1],
      );
      expect(promised).not.toEqual([]);
      expect(run(name, example ?? "")).toEqual(promised);
    });
  }
});

/** Runs code as a module beside the built packages; returns the lines it prints. */
function run(name, code) {
  const folder = mkdtempSync(join(import.meta.dirname, `.example-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "example.mjs"), code);
  return execFileSync(process.execPath, ["example.mjs"], { cwd: folder, encoding: "utf8" })
    .trimEnd()
    .split("\n");
}
