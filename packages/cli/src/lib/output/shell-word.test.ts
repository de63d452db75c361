import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { shellWord } from "./shell-word.js";

describe("shellWord", () => {
  it.each([
    "plain-1.cassette",
    "with blank",
    "it's",
    "$HOME `x` \\n",
    "tab\there",
    "bell\x07\x1b[31m'\\",
    "\u202ertl",
    "-dash",
    "::error::x",
    "##teamcity[buildStop]",
    "#comment # \\#",
    "",
  ])("is read by bash as the word: %j", (word) => {
    const { stdout } = spawnSync("bash", ["-c", `printf %s ${shellWord(word)}`], { encoding: "utf8" });
    expect(stdout).toBe(word);
  });

  it("gives no command to a build server", () => {
    for (const word of ["::error::x", "##[error]x", "a ##vso[x]", "##teamcity[x\n"])
      expect(shellWord(word)).not.toMatch(/^\s*::|##(?:vso|teamcity)?\[/i);
  });

  it("never contains a control character", () => {
    expect(shellWord("a\x1b]0;x\x07b\n")).not.toMatch(/[\x00-\x1f]/);
  });
});
