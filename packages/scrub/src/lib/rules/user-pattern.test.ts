import * as fc from "fast-check";
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

  it("needs no literal at the start", () => {
    const address = "\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}";
    expect(scrubbed(address, "from 10.0.0.17:22 to 192.168.100.2, v1.2.3")).toBe(
      "from <redacted>:22 to <redacted>, v1.2.3",
    );
    expect(scrubbed("[A-Z]{2}\\d{6}", "id AB123456, xAB12345")).toBe("id <redacted>, xAB12345");
    expect(scrubbed("\\d{16}", "card 4111111111111111 of 123456789012345")).toBe(
      "card <redacted> of 123456789012345",
    );
    expect(scrubbed("[0-9A-F]{4}\\d{4}", "BEEF01234 FFF123")).toBe("<redacted>4 FFF123");
    expect(scrubbed("#\\d{4}", "#1234 #12")).toBe("<redacted> #12");
    expect(scrubbed("K-[a-z]{4}", "K-abcd K-ab")).toBe("<redacted> K-ab");
  });

  it("finds what a regular expression finds", () => {
    const patterns = ["[ab]{2}1{1,3}", "\\d{1,3}\\.\\d{2}", "[a1]{3}[1.]{2}", "[ab]{3,}", "b\\d[a.]{2}"];
    fc.assert(
      fc.property(
        fc.constantFrom(...patterns),
        fc.array(fc.constantFrom(..."ab1.- "), { maxLength: 24 }).map((chars) => chars.join("")),
        (pattern, text) => {
          const expected = text.replaceAll(new RegExp(pattern, "g"), (found) => "*".repeat(found.length));
          const left = scrubbed(pattern, text).replaceAll("<redacted>", "*");

          expect(left.includes("*"), `${pattern} ${text}`).toBe(expected.includes("*"));
        },
      ),
    );
  });

  it("finds them where rows broke them, encoded and addressed", () => {
    const rule = "acme_[a-z0-9]{12}";
    expect(scrubbed(rule, "acme_ab12\r\ncd34ef56")).toBe("<redacted>\r\n");
    expect(scrubbed(rule, Buffer.from("acme_ab12cd34ef56").toString("hex"))).toBe("<redacted>");
  });

  for (const [pattern, why] of [
    ["[a-z]+", "less than three characters"],
    ["a[0-9]", "less than three characters"],
    ["[a-z]*[0-9]{3}", "a start that may be absent"],
    ["[a-z]{2}[0-9]*-x", "a second part that may be absent"],
    ["[a-z]{100}[0-9]{100}x", "too much to read at each place"],
    ["abc(d|e)", "an alternative"],
    ["abc(d+)+", "a group"],
    ["abc.*", "any character"],
    ["abc[a-z]*z", "a repetition that runs into what follows"],
    ["abc\\w+\\d+", "two repetitions of which the first has no certain end"],
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
