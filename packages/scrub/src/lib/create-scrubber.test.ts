import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScrubber } from "./create-scrubber.js";
import { TEXT_RULES } from "./go-v1/text-rules.js";

interface Vector {
  name: string;
  env?: boolean;
  config: {
    home: string;
    worktree: string;
    env_allowlist: string[] | null;
    account_identifiers: string[] | null;
    intentionally_preserved: string[] | null;
  };
  input: never;
  output: unknown;
  report: unknown;
}

const VECTORS: Vector[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/go-v1-vectors.json"), "utf8"),
);

const scrubberOf = ({ config }: Vector) =>
  createScrubber({
    ruleSet: "go-v1",
    home: config.home,
    worktree: config.worktree,
    envAllowlist: config.env_allowlist ?? [],
    accountIdentifiers: config.account_identifiers ?? [],
    intentionallyPreserved: config.intentionally_preserved ?? [],
  });

describe("createScrubber, go-v1", () => {
  it("has 106 vectors to equal", () => expect(VECTORS).toHaveLength(106));

  for (const vector of VECTORS) {
    it(`equals the vector ${vector.name}`, () => {
      const scrubber = scrubberOf(vector);
      if (vector.env) {
        expect(scrubber.scrubEnv(vector.input)).toEqual({ env: vector.output, report: vector.report });
      } else {
        expect(scrubber.scrubText(vector.input)).toEqual({ text: vector.output, report: vector.report });
        expect(scrubber.normalise(vector.input)).toBe(vector.output);
      }
    });
  }
});

/** What the rule table says of the three rules that are not written as patterns. */
const NAIVE: Record<string, [pattern: RegExp, replacement: string]> = {
  email: [/[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}/g, "<account>"],
  "socket-file": [/\/tmp\/[a-zA-Z0-9._/-]*\.sock\b/g, "<socket>"],
  "transient-file": [/\/tmp\/[a-zA-Z0-9._/-]*(?:tmp|temp)[a-zA-Z0-9._/-]*/g, "<tmpfile>"],
};

describe("the anchored rules of go-v1", () => {
  const pieces = fc.constantFrom(
    "@",
    ".",
    "a",
    "bc",
    "com",
    "1",
    "-",
    "%",
    "/tmp/",
    "tmp",
    "temp",
    ".sock",
    "/",
    " ",
    "_",
    "é",
  );
  const texts = fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join(""));

  for (const [name, [pattern, replacement]] of Object.entries(NAIVE)) {
    it(`${name} replaces what its pattern would`, () => {
      const rule = TEXT_RULES.find((candidate) => candidate.name === name);
      fc.assert(
        fc.property(texts, (text) => {
          expect(rule?.replace(text).text).toBe(text.replace(pattern, replacement));
        }),
        { numRuns: process.env.CASSETTE_SOAK ? 200_000 : 5_000 },
      );
    });
  }
});

describe("every rule of go-v1", () => {
  const MEGABYTE = 1 << 20;
  const adversarial = [
    "a",
    "@",
    "a@",
    "a@a.",
    "a@a",
    ".",
    "1",
    "1.",
    "1:",
    "11:11:",
    "/tmp/",
    "/tmp/.sock",
    "/tmp/.sockx",
    "/tmp/tmp",
    "pid ",
    "pid",
    "bearer ",
    "bearer\t",
    "token",
    "token=",
    "secret1",
    "frame=",
    "deadbeef-",
    "2026-01-01T",
    "0",
    "-",
    " ",
    "api_key",
  ];

  // Quadratic rules take minutes for this; linear ones are done in a fraction of the test's time limit.
  it("reads a megabyte of adversarial text in linear time", { timeout: 60_000 }, () => {
    const scrubber = createScrubber({ ruleSet: "go-v1" });
    for (const piece of adversarial) {
      const text = piece.repeat(Math.ceil(MEGABYTE / piece.length));
      expect(scrubber.scrubText(text).text.length).toBeGreaterThan(0);
    }
  });
});
