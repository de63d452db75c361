import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const root = dirname(import.meta.dirname);
const guides = join(root, "docs/guides");
const needed = ["jq", "sha256sum"];
const missing = needed.filter((program) => spawnSync("which", [program]).status !== 0);

// A `console` block is a terminal: what stands behind `$ ` is run, the lines below it are what it prints.
describe("the guides' examples", () => {
  for (const [guide, blocks] of consoleBlocks()) {
    it.skipIf(missing.length > 0)(`${guide}: prints what it says`, () => {
      const folder = mkdtempSync(join(tmpdir(), "cassette-guide-"));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const less = join(root, "packages/format/conformance/go-v1/cassettes/real-less");
      cpSync(less, join(folder, "less.cassette"), { recursive: true });
      for (const { command, output } of blocks.flatMap(stepsOf)) {
        const printed = execFileSync("bash", ["-c", command], { cwd: folder, encoding: "utf8" });
        expect(`$ ${command}\n${printed}`).toBe(`$ ${command}\n${output}`);
      }
    });
  }
});

function consoleBlocks() {
  return readdirSync(guides).flatMap((guide) => {
    const text = readFileSync(join(guides, guide), "utf8");
    const blocks = [...text.matchAll(/```console\n(.*?)```/gs)].map((match) => match[1] ?? "");
    return blocks.length > 0 ? [/** @type {const} */ ([guide, blocks])] : [];
  });
}

function stepsOf(block) {
  return block
    .split(/^\$ /m)
    .filter((step) => step !== "")
    .map((step) => {
      const end = step.indexOf("\n");
      return { command: step.slice(0, end), output: step.slice(end + 1) };
    });
}
