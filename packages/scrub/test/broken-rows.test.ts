import { describe, expect, it } from "vitest";
import { createScrubber } from "../src/index.js";
import { KINDS, LITERAL, PASSWORDS, seeded } from "./kinds.js";

const SEEDS = process.env.CASSETTE_SOAK ? 12 : 1;
/** As wide as a row is that a screen breaks. */
const PROMPT = "ops@build-7:~/src/app (main)$ echo; echo ";
/** What is between two rows of one value. */
const BREAKS = {
  "a line feed": "\n",
  "a line end": "\r\n",
  blanks: "   \r\n",
  "the sides of a box": " │\r\n│ ",
  "a backslash": "\\\n",
};
const scrubber = createScrubber({
  secrets: [LITERAL.secret],
  rules: [{ name: "acme", pattern: "acme_[A-Za-z0-9]{20}" }],
});

/** What decision 88 lets go: the second row may be a line of its own. */
const WORD_OR_NUMBER = /^(?:[A-Z]?[a-z]+|[A-Z]+|\d+)$/;

/** How many characters of a secret are in a text one after the other, at most. */
function longestPart(secret: string, text: string): number {
  let longest = 0;
  for (let start = 0; start + longest < secret.length; start++) {
    while (start + longest < secret.length && text.includes(secret.slice(start, start + longest + 1)))
      longest++;
  }
  return longest;
}

describe("a secret that a screen broke", () => {
  for (const [name, between] of Object.entries(BREAKS)) {
    it(`is masked on both sides, wherever it is broken by ${name}`, () => {
      const left: string[] = [];
      for (const kind of [...KINDS, ...PASSWORDS]) {
        for (let seed = 1; seed <= SEEDS; seed++) {
          const { carrier, secret } = kind.make(seeded(seed));
          const most = secret.length < 24 ? Math.max(5, Math.floor(secret.length / 2)) : 11;
          for (let cut = 1; cut < carrier.length; cut++) {
            const end = carrier.indexOf(secret) + secret.length;
            if (WORD_OR_NUMBER.test(carrier.slice(cut, end))) continue;
            const rows = PROMPT + carrier.slice(0, cut) + between + carrier.slice(cut);
            const { text } = scrubber.scrubText(`$ ls\r\n${rows}\r\n$ `);
            const shown = longestPart(secret, text.replaceAll(/[\s│\\]/g, ""));
            if (shown > most)
              left.push(`${kind.name}, ${cut} characters in the first row: ${shown} are left`);
          }
        }
      }
      expect(left).toEqual([]);
    });
  }
});
