import { describe, expect, it } from "vitest";
import { escapeJson, escapeLine, escapeText, stripAllButSgr } from "./escape-text.js";

describe("escapeText", () => {
  it.each([
    ["\u001b]52;c;AAAA\u0007", "\\e]52;c;AAAA\\x07"],
    ["\u009b31m", "\\x9b31m"],
    ["a\r\nb\tc", "a\\r\\nb\\tc"],
    ["safe\u202eevil", "safe\\u{202e}evil"],
    ["zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}"],
    ["lone \ud800 half", "lone \\u{d800} half"],
    ["a ##[error] b ##vso[task] c", "a \\x23#[error] b \\x23#vso[task] c"],
  ])("shows what would act: %j", (text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  it("leaves text of any script alone", () => {
    const text = "héllo 世界 🎉 │─┐ e\u0301";
    expect(escapeText(text)).toBe(text);
  });
});

describe("escapeLine", () => {
  it.each([
    ["::set-output name=a::b", "\\x3a:set-output name=a::b"],
    ["  ::stop-commands::x", "  \\x3a:stop-commands::x"],
    ["std::vector", "std::vector"],
  ])("cannot start a command of a build server: %j", (text, shown) => {
    expect(escapeLine(text)).toBe(shown);
  });
});

describe("escapeJson", () => {
  it("shows what would act, and stays the same value", () => {
    const value = { text: "\u009b31m \u202e ##[x] \ud800\u007f\u001b]0;t\u0007 世界" };
    const safe = escapeJson(JSON.stringify(value));
    expect(safe).not.toMatch(/\p{Cc}|\p{Cf}|##\[/u);
    expect(JSON.parse(safe)).toEqual(value);
  });
});

describe("stripAllButSgr", () => {
  it.each([
    ["\u001b[1;31mred\u001b[m", "\u001b[1;31mred\u001b[m"],
    ["\u001b]52;c;aGk=\u0007x", "]52;c;aGk=x"],
    ["a\u001b[2Jb\u001b", "a[2Jb"],
    ["\u001bPq\u001b\\", "Pq\\"],
    ["\u009b31mx\u202e", "31mx"],
  ])("keeps nothing else of %j", (line, kept) => {
    expect(stripAllButSgr(line)).toBe(kept);
  });
});
