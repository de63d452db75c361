import { describe, expect, it } from "vitest";
import { createScrubber } from "../src/index.js";
import type { Run, Shape } from "../src/lib/engine/shape.js";
import { parseTokenTable } from "../src/lib/rules/token-table.js";
import { COMMON_TOKENS, OTHER_TOKENS } from "../src/lib/rules/tokens.js";
import { type Random, seeded } from "./kinds.js";

const SEEDS = process.env.CASSETTE_SOAK ? 40 : 2;
const scrubber = createScrubber();
/** All but those that need what comes before them. */
const FAMILIES = [COMMON_TOKENS, OTHER_TOKENS]
  .flatMap((table) => [...parseTokenTable(table)])
  .filter(([rule]) => rule !== "telegram-token");

/** How tokens appear in output. */
const CONTEXTS: readonly ((token: string) => string)[] = [
  (token) => token,
  (token) => `see ${token} ok`,
  (token) => `export X='${token}'`,
  (token) => `{"a":"${token}"}`,
  (token) => `X-Any: ${token}\r\n`,
  (token) => `(${token})`,
  (token) => `<a>${token}</a>`,
  (token) => `│ ${token} │`,
  (token) => `a=${token}&b=1`,
  (token) => `+${token}\n`,
];

/** One character of a set, letters and digits in turn so that the whole looks random. */
function characterOf({ of }: Run, index: number, random: Random): string {
  const members = [...of.entries()].filter(([code, member]) => member === 1 && code < 0x7f);
  const kinds = [/[A-Z]/, /\d/, /[a-z]/].map((kind) =>
    members.map(([code]) => String.fromCharCode(code)).filter((char) => kind.test(char)),
  );
  const kind = kinds[(index + Math.floor(random() * 2)) % 3] ?? [];
  const from = kind.length > 0 ? kind : kinds.flat();
  return from[Math.floor(random() * from.length)] ?? "a";
}

function example({ lead, parts }: Shape, random: Random): string {
  return [lead ?? "", ...parts]
    .map((part) =>
      typeof part === "string"
        ? part
        : Array.from({ length: part.min }, (_, index) => characterOf(part, index, random)).join(""),
    )
    .join("");
}

/** What of a token no text may show afterwards: the longer of what is before and after the name of its service. */
function secretOf({ parts }: Shape, token: string): string {
  const at = token.indexOf(parts[0]);
  const [before, after] = [token.slice(0, at), token.slice(at + parts[0].length)];
  return before.length > after.length ? before : after;
}

describe("the table of tokens", () => {
  it("has at least a hundred and thirty services", () => {
    expect(new Set(FAMILIES.map(([rule]) => rule)).size).toBeGreaterThanOrEqual(130);
  });

  it.each(FAMILIES)("finds every token of %s, bare and in ten contexts", (_rule, shapes) => {
    for (const shape of shapes) {
      for (let seed = 1; seed <= SEEDS; seed++) {
        const token = example(shape, seeded(seed));
        const left = CONTEXTS.map((context) => scrubber.scrubText(context(token)).text).filter((text) =>
          text.includes(secretOf(shape, token)),
        );
        expect(left, `${shape.parts[0]} ${seed}`).toEqual([]);
      }
    }
  });

  it.each(FAMILIES)("finds every token of %s that a row's end broke", (_rule, shapes) => {
    for (const shape of shapes.filter(({ parts }) => parts.length > 1)) {
      const token = example(shape, seeded(3));
      const secret = token.slice(token.indexOf(shape.parts[0]) + shape.parts[0].length);
      const cut = token.length - Math.floor(secret.length / 2);
      const { text } = scrubber.scrubText(`see ${token.slice(0, cut)}\r\n${token.slice(cut)}\r\n`);
      expect(text.includes(token.slice(cut)) && text.includes(secret.slice(0, 12)), token.slice(0, 8)).toBe(
        false,
      );
    }
  });
});
