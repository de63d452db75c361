import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScrubber } from "../create-scrubber.js";
import type { TextHit } from "./label-stream.js";

const TOKEN = ["ghp", "k7Q0aBcDeFgHiJkLmNoPqRsTuVwXyZ012345"].join("_");
const scrubber = createScrubber({ secrets: ["correct horse battery"] });

function filtered(pieces: readonly Uint8Array[]): { text: Buffer; hits: TextHit[] } {
  const hits: TextHit[] = [];
  const filter = scrubber.filterText((hit) => hits.push(hit));
  return { text: Buffer.concat([...pieces.map(filter.push), filter.end()]), hits };
}

describe("filterText", () => {
  it("gives what scrubbing the whole text gives, however it is cut", () => {
    const line = fc.constantFrom(
      "some text\n",
      `token ${TOKEN}\n`,
      "no end of line ",
      TOKEN.slice(0, 12),
      "password: ",
      '"',
      "\n",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.array(fc.nat(200)), (lines, lengths) => {
        const bytes = Buffer.from(lines.join(""));
        const cuts = lengths.map((_, index) => lengths.slice(0, index + 1).reduce((sum, next) => sum + next));
        const pieces = [0, ...cuts].map((cut, index) => bytes.subarray(cut, cuts[index]));
        expect(filtered(pieces).text.toString()).toBe(scrubber.scrubText(bytes.toString()).text);
      }),
      { numRuns: process.env.CASSETTE_SOAK ? 50_000 : 1_000 },
    );
  });

  it("masks a secret wherever it is repeated", () => {
    const secret = ["g48QpLz2", "sT9x7mZa"].join("");
    const { text } = filtered([Buffer.from(`used ${secret} first\ntoken = '${secret}'\nthen ${secret}\n`)]);
    expect(text.toString()).toBe("used <redacted> first\ntoken = '<redacted>'\nthen <redacted>\n");
  });

  it("passes bytes that are no text as they are", () => {
    const bytes = Buffer.from("M\xfcller \xff\xfe\x00 \xe2\x82\n", "latin1");
    expect(filtered([bytes]).text).toEqual(bytes);
    const noise = Buffer.from(Array.from({ length: 400_000 }, (_, at) => (at * at * 31 + (at >> 3)) & 0xff));
    expect(filtered([noise]).text.length).toBeGreaterThan(noise.length * 0.99);
  });

  it("does not cut a private key in two", () => {
    const body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n".repeat(30);
    const key = `-----BEGIN PRIVATE KEY-----\n${body}-----END PRIVATE KEY-----\n`;
    for (const before of [17_900, 18_000, 7_000]) {
      const text = "a line before\n".repeat(before) + key + "a line after\n".repeat(30_000);
      const pieces = text.match(/[\s\S]{1,65536}/g) ?? [];
      const result = filtered(pieces.map((piece) => Buffer.from(piece))).text.toString();
      expect(result).not.toContain("MII");
      expect(result.replaceAll(/a line (?:before|after)\n/g, "")).toBe(scrubber.scrubText(key).text);
    }
  });

  it("holds back little of a text without line ends", () => {
    const filter = scrubber.filterText();
    let given = 0;
    for (let pushed = 0; pushed < 40; pushed++) {
      given += filter.push(Buffer.alloc(1 << 16, `words ${TOKEN} and words `)).length;
      if (pushed > 4) expect(given).toBeGreaterThan(0);
    }
    given += filter.end().length;
    expect(given).toBeGreaterThan(500_000);
  });

  it("says where each label is", () => {
    const { hits } = filtered([Buffer.from(`one\ntwo ${TOKEN} ${TOKEN}\n`), Buffer.from(`\n${TOKEN}`)]);
    expect(hits).toEqual([
      { rule: "github-token", line: 2, column: 5 },
      { rule: "github-token", line: 2, column: 46 },
      { rule: "github-token", line: 4, column: 1 },
    ]);
  });
});

describe("filterText, when its input pauses", () => {
  const paused = (text: string) => {
    const filter = scrubber.filterText();
    const first = Buffer.from(filter.push(Buffer.from(text))).toString();
    return { given: first + Buffer.from(filter.pause()).toString(), filter };
  };

  it("gives whole lines", () => {
    const { given, filter } = paused("log line one\nlog line two\nhalf a l");
    expect(given).toBe("log line one\nlog line two\n");
    filter.push(Buffer.from("ine\n"));
    expect(Buffer.from(filter.pause()).toString()).toBe("half a line\n");
    expect(Buffer.from(filter.end()).toString()).toBe("");
  });

  it.each([
    ["a token that may go on", `${TOKEN}\n`],
    ["a name whose value may be in the next row", "API_TOKEN=\n"],
    ["an open quote", `{"password":"aB3dE6fGh1J\n`],
    [
      "a key block",
      "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n",
    ],
    ["a part of a secret of the user's", "say correct horse\n"],
  ])("holds back %s", (_what, open) => {
    const { given, filter } = paused(`log line one\n${open}`);
    expect(given).toBe("log line one\n");
    const rest = Buffer.concat([
      filter.push(Buffer.from("-----END PRIVATE KEY-----\n2026-01-01 nothing, more here.\n")),
      filter.end(),
    ]).toString();
    expect(rest).toContain("2026-01-01 nothing, more here.\n");
  });
});
