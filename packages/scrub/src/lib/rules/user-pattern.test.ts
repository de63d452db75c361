import { describe, expect, it } from "vitest";
import { createScrubber } from "../../index.js";

const scrubbed = (pattern: string, text: string) =>
  createScrubber({ rules: [{ name: "mine", pattern }] }).scrubText(text).text;

describe("createScrubber with rules of the user's", () => {
  it("takes literals, sets and counts", () => {
    expect(scrubbed("acme_[a-z0-9]{4}", "x acme_ab12 y acme_ab1")).toBe("x <redacted> y acme_ab1");
    expect(scrubbed("ID:\\d{3}-\\w+", "ID:123-a_B, ID:12-a")).toBe("<redacted>, ID:12-a");
    expect(scrubbed("key[A-F]?=x{2,3}é", "keyC=xxxé key=xxé key=xé")).toBe("<redacted> <redacted> key=xé");
  });

  it("sees escaped characters as they are", () => {
    expect(scrubbed("a\\+b\\[[\\]x]{2}", "a+b[]x")).toBe("<redacted>");
  });

  it("finds them where rows broke them, encoded and addressed", () => {
    const rule = "acme_[a-z0-9]{12}";
    expect(scrubbed(rule, "acme_ab12\r\ncd34ef56")).toBe("<redacted>\r\n");
    expect(scrubbed(rule, Buffer.from("acme_ab12cd34ef56").toString("hex"))).toBe("<redacted>");
  });

  for (const [pattern, why] of [
    ["[a-z]+", "no literal at its start"],
    ["ab[0-9]{3}", "a literal of two characters"],
    ["abc(d|e)", "an alternative"],
    ["abc(d+)+", "a group"],
    ["abc.*", "any character"],
    ["abc[a-z]*z", "a repetition that runs into what follows"],
    ["abc\\w+\\d+", "two repetitions of which nobody knows where one ends"],
    ["abc[^x]+", "everything but"],
    ["abc\\d{1,5000}-", "a long repetition before its end"],
    ["^abc", "an edge"],
    ["abc\\1", "a reference"],
    ["abc\\s+", "a class that is not there"],
    ["abc[é-ü]", "a set of characters other than ASCII"],
    ["abcé{2}", "a count of such a character"],
    ["abc[", "an unfinished set"],
  ] as const) {
    it(`refuses ${pattern}: ${why}`, () => {
      expect(() => scrubbed(pattern, "")).toThrow(expect.objectContaining({ code: "CASSETTE_RULE_INVALID" }));
    });
  }

  it("names the rule and the place, never a secret", () => {
    expect(() => createScrubber({ secrets: ["long enough", "abc"] })).toThrow(
      /^Secret 2 of the list is shorter/,
    );
    expect(() => scrubbed("abc(", "")).toThrow("The pattern of rule mine");
  });
});
