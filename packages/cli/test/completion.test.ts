import { execFileSync, spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMAND, temporaryDirectory } from "./cassette.js";

/** What is done in each shell to have a line completed. */
const SHELLS: Record<string, (line: string) => string> = {
  bash: (line) => `source <(cassette completion bash)
    COMP_LINE=${quote(line)} COMP_POINT=${line.length}
    COMP_WORDS=(${line}${line.endsWith(" ") ? ' ""' : ""}) COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _cassette_completion; printf '%s\\n' "\${COMPREPLY[@]}"`,
  fish: (line) => `source (cassette completion fish | psub); complete -C ${quote(line)}`,
};

describe("cassette completion", () => {
  for (const [shell, script] of Object.entries(SHELLS)) {
    it.skipIf(spawnSync(shell, ["--version"]).status !== 0)(`completes in ${shell}`, () => {
      const dir = temporaryDirectory();
      symlinkSync(COMMAND, join(dir, "cassette"));
      const env = { ...process.env, PATH: `${dir}:${process.env.PATH}`, HOME: dir };
      const completed = (line: string) =>
        execFileSync(shell, ["-c", script(line)], { env, encoding: "utf8", cwd: dir })
          .split("\n")
          .map((row) => row.split("\t")[0])
          .filter((row) => row !== "");
      expect(completed("cassette rec")).toEqual(expect.arrayContaining(["record", "recover"]));
      expect(completed("cassette play --mo")).toEqual(["--mode"]);
      expect(completed("cassette play --mode r")).toEqual(["realtime"]);
    });
  }
});

function quote(text: string): string {
  return `'${text}'`;
}
