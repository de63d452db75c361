import { createScrubber } from "@cassette/scrub";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTextFilter } from "./text-filter.js";

const SECRET = "ghp_k7Q0aBcDeFgHiJkLmNoPqRsTuVwXyZ012345";
const scrubber = createScrubber({});

function filtered(pieces: readonly string[]): string {
  const filter = createTextFilter(scrubber);
  return pieces.map(filter.push).join("") + filter.end();
}

describe("createTextFilter", () => {
  it("gives what scrubbing the whole text gives, however it is cut", () => {
    const line = fc.constantFrom(
      "some text\n",
      `token ${SECRET}\n`,
      "no end of line ",
      `${SECRET.slice(0, 12)}`,
      "\n",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.array(fc.nat(200)), (lines, lengths) => {
        const text = lines.join("");
        const pieces: string[] = [];
        let at = 0;
        for (const length of lengths) {
          pieces.push(text.slice(at, at + length));
          at += length;
        }
        pieces.push(text.slice(at));
        expect(filtered(pieces)).toBe(scrubber.scrubText(text).text);
      }),
    );
  });

  it("lets text through while it comes, and counts what it masked", () => {
    const filter = createTextFilter(scrubber);
    let out = 0;
    for (let times = 0; times < 40; times++) {
      out += filter.push(`${"an ordinary line of a log\n".repeat(1_000)}with ${SECRET}\n`).length;
    }
    expect(out).toBeGreaterThan(500_000);
    filter.end();
    expect([...filter.hits.values()]).toEqual([40]);
  });

  it("does not cut a private key in two", () => {
    const body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n".repeat(30);
    const key = `-----BEGIN PRIVATE KEY-----\n${body}-----END PRIVATE KEY-----\n`;
    const text = "a line before\n".repeat(18_000) + key + "a line after\n".repeat(30_000);
    const pieces = text.match(/[\s\S]{1,65536}/g) ?? [];
    expect(filtered(pieces)).toBe(scrubber.scrubText(text).text);
  });
});
