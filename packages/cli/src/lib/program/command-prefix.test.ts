import { describe, expect, it } from "vitest";
import { completeCommand } from "./command-prefix.js";

const NAMES = ["record", "rec", "recover", "play", "help"];

describe("completeCommand", () => {
  it("completes what only one command begins with", () => {
    expect(completeCommand(["pl", "a.cassette"], NAMES)).toEqual(["play", "a.cassette"]);
    expect(completeCommand(["reco", "-q"], NAMES)).toEqual(["reco", "-q"]);
    expect(completeCommand(["recov"], NAMES)).toEqual(["recover"]);
  });

  it.each([[["rec", "x"]], [["re"]], [["xyz"]], [[""]], [[]], [["--version"]], [["-h", "play"]]])(
    "leaves %j as it is",
    (argv) => {
      expect(completeCommand(argv, NAMES)).toEqual(argv);
    },
  );

  it("takes help for a command as that command's help", () => {
    expect(completeCommand(["help", "rec"], NAMES)).toEqual(["rec", "--help"]);
    expect(completeCommand(["he", "pl", "x"], NAMES)).toEqual(["play", "x", "--help"]);
    expect(completeCommand(["help", "xyz"], NAMES)).toEqual(["xyz"]);
    expect(completeCommand(["help"], NAMES)).toEqual(["help"]);
    expect(completeCommand(["help", "--help"], NAMES)).toEqual(["help", "--help"]);
  });

  it("changes only the command", () => {
    expect(completeCommand(["play", "rec", "pl"], NAMES)).toEqual(["play", "rec", "pl"]);
  });
});
