import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";

const root = dirname(import.meta.dirname);
const CAST = [
  { version: 2, width: 80, height: 24, timestamp: 1_700_000_000 },
  [0.5, "o", "$ make test\r\n"],
  [2.25, "o", "12 tests passed\r\n"],
];

it("the guide from asciinema does what it says", () => {
  const project = mkdtempSync(join(tmpdir(), "cassette-guide-"));
  onTestFinished(() => rmSync(project, { recursive: true }));
  writeFileSync(join(project, "demo.cast"), CAST.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const guide = readFileSync(join(root, "docs/guides/from-asciinema.md"), "utf8");
  const blocks = (language) =>
    [...guide.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "gs"))].map(([, text]) => text);
  const [scenario] = blocks("yaml");
  writeFileSync(join(project, "demo.yaml"), scenario);
  const command = `cassette() { '${process.execPath}' '${join(root, "packages/cli/dist/main.cjs")}' "$@"; }\n`;
  const run = (text) =>
    execFileSync("bash", ["-ec", command + text], { cwd: project, encoding: "utf8", stdio: "pipe" });
  const [there, back] = blocks("sh");
  expect(run(there)).toMatch(/1 scenario, all passed/);
  run(back);
  const again = readFileSync(join(project, "again.cast"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(again.slice(1)).toEqual(CAST.slice(1));
  expect(again[0]).toMatchObject(CAST[0]);
  // The scenario takes the .cast itself, too, and fails where the text is another.
  writeFileSync(join(project, "direct.yaml"), scenario.replace("demo.cassette", "demo.cast"));
  expect(run("cassette test direct.yaml")).toMatch(/all passed/);
  writeFileSync(join(project, "wrong.yaml"), scenario.replace("12 tests", "13 tests"));
  expect(() => run("cassette test wrong.yaml")).toThrow(/Command failed/);
});
