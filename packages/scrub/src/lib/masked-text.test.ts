import { describe, expect, it } from "vitest";
import { isMaskedText, matchesMasked } from "./masked-text.js";

describe("matchesMasked", () => {
  it.each([
    ["deploy", "deploy"],
    ["<redacted>", "anything at all"],
    ["--token=<redacted>", "--token=abc"],
    ["https://<account>@h/<redacted>/x", "https://me@h/q7/x"],
    ["$HOME/src", "/home/ada/src"],
  ])("says that %s may have been %s", (masked, text) => {
    expect(matchesMasked(masked, text)).toBe(true);
  });

  it.each([
    ["deploy", "build"],
    ["--token=<redacted>", "--token="],
    ["--token=<redacted>", "--password=abc"],
    ["a<redacted>b<name>c", "a1c"],
    ["ab<redacted>ba", "aba"],
  ])("says that %s was not %s", (masked, text) => {
    expect(matchesMasked(masked, text)).toBe(false);
  });
});

describe("isMaskedText", () => {
  it("takes labels for such only where a rule hit", () => {
    expect(isMaskedText("--token=<redacted>", { jwt: 1 })).toBe(true);
    expect(isMaskedText("--token=<redacted>", {})).toBe(false);
    expect(isMaskedText("echo $HOME", { jwt: 1 })).toBe(false);
    expect(isMaskedText("$HOME/x", { "home-path": 2 })).toBe(true);
    expect(isMaskedText("deploy", { jwt: 1 })).toBe(false);
  });
});
