import { describe, expect, it } from "vitest";
import { withoutSequences } from "./without-sequences.js";

describe("withoutSequences", () => {
  it.each([
    ["plain\r\ntext\t", "plain\r\ntext\t"],
    ["a\x1b[31mb\x1b[0mc", "abc"],
    ["a\x1b]0;title\x07b\x1b]8;;uri\x1b\\c", "abc"],
    ["a\x1bP1$r0m\x1b\\b\x1b_x\x1b\\c", "abc"],
    ["a\x1b(Bb\x1b=c\x1b7", "abc"],
    ["a\u009b31mb\u009d0;x\u009cc", "abc"],
    ["a\x1b[31\x18b", "ab"],
    ["a\x1b[3", "a"],
    ["a\x1b]0;never ends", "a"],
    ["", ""],
  ])("makes %j to %j", (text, plain) => {
    expect(withoutSequences(text)).toBe(plain);
  });
});
