import { describe, expect, it } from "vitest";
import { cannotBacktrack } from "./pattern-tester.js";

describe("cannotBacktrack", () => {
  it.each([
    "ready",
    "o{2}k$",
    "^\\$ ",
    "a|b",
    "[+*]x",
    "\\(done\\)",
    "(?:ok|fine)",
    "\\d\\d:\\d\\d",
    "caf\\u00e9",
    "colou?r",
    "ok|done|passed|failed|skipped",
  ])("is true of %s", (source) => {
    expect(cannotBacktrack(new RegExp(source, "u"))).toBe(true);
  });

  it.each([
    "a+",
    "^(a+)+$",
    ".*x",
    "(a|b)*",
    "(?:a{1,9}){1,9}",
    "a{2,}",
    "(a)\\1",
    "(?<n>a)\\k<n>",
    "(?=a)b",
    "x(?:a)?",
    "^a?a?a?a?a?aaaaab$",
    "(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)b",
    "x{1000}y",
  ])("is false of %s", (source) => {
    expect(cannotBacktrack(new RegExp(source, "u"))).toBe(false);
  });
});
