import { describe, expect, it } from "vitest";
import { COMMANDS } from "./commands.js";
import { candidatesFor } from "./completion.js";
import { createProgram } from "./program.js";

const program = await createProgram({ argv: [], streams: process, finish() {} }, COMMANDS);
const namesFor = (line: string) =>
  candidatesFor(program, line.split(" "))?.map((item) => (typeof item === "string" ? item : item.name));

describe("candidatesFor", () => {
  it("completes the commands, and adds no command of its own", () => {
    expect(namesFor("")).toEqual(expect.arrayContaining(["record", "play", "completion"]));
    expect(namesFor("")).not.toContain("completion-server");
  });

  it("offers the options of the command, whatever comes before", () => {
    expect(namesFor("rec --script s.yaml it.cassette --w")).toContain("--window-size");
    expect(namesFor("play --from 3s -")).toContain("--mode");
    expect(namesFor("-")).toEqual(["--version", "--help"]);
  });

  it("completes the values of an option or operand", () => {
    expect(namesFor("play --mode ")).toEqual(["realtime", "scaled", "collapsed"]);
    expect(namesFor("completion ")).toEqual(["bash", "fish", "pwsh", "zsh"]);
    expect(namesFor("stub ")).toContain("install");
  });

  it("leaves files to the shell", () => {
    for (const line of ["play ", "record --script ", "verify a.cassette ", "record it -- l", "stub install "])
      expect(namesFor(line)).toBeUndefined();
  });
});
