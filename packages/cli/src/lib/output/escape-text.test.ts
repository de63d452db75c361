import { describe, expect, it } from "vitest";
import { escapeText } from "./escape-text.js";

describe("escapeText", () => {
  it.each([
    ["\u001b]52;c;AAAA\u0007", "\\e]52;c;AAAA\\x07"],
    ["\u009b31m", "\\x9b31m"],
    ["a\r\nb\tc", "a\\r\\nb\\tc"],
    ["safe\u202eevil", "safe\\u{202e}evil"],
    ["zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}"],
    ["lone \ud800 half", "lone \\u{d800} half"],
  ])("shows what would act: %j", (text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  it("leaves text of any script alone", () => {
    const text = "héllo 世界 🎉 │─┐ e\u0301";
    expect(escapeText(text)).toBe(text);
  });
});
