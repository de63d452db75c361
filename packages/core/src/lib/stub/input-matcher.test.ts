import type { InputRecord } from "@cassette/format";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInputMatcher } from "./input-matcher.js";

const bytes = (text: string) => Buffer.from(text);
const input = (text: string, more: Partial<InputRecord> = {}): InputRecord => ({
  seq: 1,
  t_ms: 0,
  kind: "input",
  bytes: bytes(text),
  ...more,
});

describe("createInputMatcher", () => {
  it("takes recorded input in whatever pieces it arrives", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1 }), { minLength: 1 }),
        fc.array(fc.nat(9)),
        (records, cuts) => {
          const matcher = createInputMatcher();
          const all = bytes(records.join(""));
          let at = 0;
          const queue = records.map((text) => input(text));
          for (const cut of [...cuts, all.length]) {
            matcher.push(all.subarray(at, at + cut));
            at += cut;
            while (queue[0] && matcher.match(queue[0]) === "matched") queue.shift();
          }
          expect([queue.length, matcher.left.length]).toEqual([0, 0]);
        },
      ),
    );
  });

  it("names the first difference", () => {
    const matcher = createInputMatcher();
    matcher.push(bytes("hexlo"));
    expect(matcher.match(input("hello"))).toMatchObject({ at: 2 });
  });

  it("accepts any line where a withheld one was recorded", () => {
    const matcher = createInputMatcher();
    const withheld = input("", { bytes: undefined, withheld: true });
    matcher.push(bytes("whatever"));
    expect(matcher.match(withheld)).toBe("more");
    matcher.push(bytes("\rnext"));
    expect(matcher.match(withheld)).toBe("matched");
    expect(Buffer.from(matcher.left).toString()).toBe("next");
    matcher.push(bytes("\x04"));
    expect(matcher.match(withheld)).toBe("matched");
  });

  it("takes any bytes of the same number where something was masked", () => {
    const matcher = createInputMatcher();
    const masked = input("key ****!", { masked: [[4, 8]] });
    matcher.push(bytes("key abcd!"));
    expect(matcher.match(masked)).toBe("matched");
    matcher.push(bytes("key abcde"));
    expect(matcher.match(masked)).toMatchObject({ at: 8 });
  });

  it("accepts a normaliser that decides what is equal", () => {
    const matcher = createInputMatcher((text) => text.replace(/\r\n?|\n/g, "\n"));
    matcher.push(bytes("ls\r\n"));
    expect(matcher.match(input("ls\r"))).toBe("matched");
    expect(matcher.left).toHaveLength(0);
    matcher.push(bytes("lx\n"));
    expect(matcher.match(input("ls\r"))).toMatchObject({ got: bytes("lx\n") });
  });
});
