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

const root = dirname(import.meta.dirname);
const guides = readdirSync(join(root, "docs/guides")).map((guide) => `docs/guides/${guide}`);
const documents = ["README.md", "packages/cli/README.md", ...guides].filter((document) =>
  readFileSync(join(root, document), "utf8").includes("```console"),
);
const needed = ["jq", "less", "seq", "sha256sum", "vim"];
const missing = needed.filter((program) => spawnSync("which", [program]).status !== 0);

// A `console` block is a terminal: the text after `$ ` is run, and the lines below it are its output.
describe("examples of the command", () => {
  for (const document of documents) {
    it.skipIf(missing.length > 0)(`${document}: prints what it says`, () => {
      const folder = mkdtempSync(join(tmpdir(), "cassette-guide-"));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const less = join(root, "packages/format/conformance/go-v1/cassettes/real-less");
      cpSync(less, join(folder, "less.cassette"), { recursive: true });
      const env = {
        ...process.env,
        PATH: `${putCommandOnPath(folder)}:${process.env.PATH}`,
        AGENT_TOKEN: "k3y-of-the-agent-1",
      };
      const steps = consoleBlocks(document).flatMap(stepsOf);
      expect(steps).not.toEqual([]);
      for (const { command, output } of steps) {
        if (command.startsWith("cat ") && output !== "" && !command.includes("|")) {
          // The reader writes a file that an example shows.
          writeFileSync(join(folder, command.slice(4)), output);
          continue;
        }
        const printed = execFileSync("bash", ["-c", command], { cwd: folder, encoding: "utf8", env });
        expect(`$ ${command}\n${printed}`).toBe(`$ ${command}\n${output}`);
      }
    });
  }
});

/** A folder with the built command under its usual name. */
function putCommandOnPath(folder) {
  const bin = join(folder, ".bin");
  mkdirSync(bin);
  symlinkSync(join(root, "packages/cli/dist/main.cjs"), join(bin, "cassette"));
  return bin;
}

function consoleBlocks(document) {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/```console\n(.*?)```/gs)].map((match) => match[1] ?? "");
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
