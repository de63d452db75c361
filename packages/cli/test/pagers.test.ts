import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KINDS, LITERAL, partsOf, seeded } from "../../scrub/test/kinds.js";
import { cassette, temporaryDirectory } from "./cassette.js";

const IS_SOAK = Boolean(process.env.CASSETTE_SOAK);
const WIDTHS = IS_SOAK ? [34, 40, 53, 60, 66, 80, 97, 132] : [60, 80];
const ROUNDS = IS_SOAK ? 5 : 1;
const ROWS = 24;
const RULES = `secrets: ["${LITERAL.secret}"]\nrules: [{ name: acme, pattern: "acme_[A-Za-z0-9]{20}" }]\n`;

/** `{"alg":"HS256"}`, which every one of them has. */
const JWT_HEADER = "eyJhbGciOiJIUzI1NiJ9.eyJ";

/** A tail that looks like words by chance may be left where other words follow it: decision 88. */
const WORDS = /^[a-z]*(?:[A-Z][a-z]+)*$/;

/** From line to line: each is seen whole, with blank lines around it, before the next is asked for. */
const EACH_LINE = KINDS.slice(1).flatMap((_, index) => [
  { type: `/^## ${index + 1} ` },
  { press: "Enter" },
  { wait: `/^## ${index + 1} /m` },
]);

/** How each of them is shown all of a file. */
const PROGRAMS: Record<string, { argv: (cols: number) => string[]; script?: object[] }> = {
  less: { argv: () => ["less", "text"], script: [...EACH_LINE, { press: "q" }] },
  vim: {
    argv: () => ["vim", "-u", "NONE", "-N", "-n", "-i", "NONE", "--cmd", "set scrolloff=999", "text"],
    script: [...EACH_LINE, { type: ":q!" }, { press: "Enter" }],
  },
  fold: { argv: (cols) => ["fold", "-w", String(cols), "text"] },
  cat: { argv: () => ["cat", "text"] },
};

/** Every kind of secret on a line of its own, with text before and after it, each at a different column. */
function linesOf(seed: number): { text: string; secrets: { name: string; secret: string }[] } {
  const random = seeded(seed);
  const planted = KINDS.map(({ name, make }) => ({ name, ...make(random) }));
  const lines = planted.map(
    ({ carrier }, index) =>
      `## ${index} ${"at ".repeat(random() * 30)}${carrier} and then more\n${"\n".repeat(ROWS)}`,
  );
  return { text: lines.join(""), secrets: planted };
}

describe("a file full of secrets, line by line", () => {
  for (const [program, { argv, script }] of Object.entries(PROGRAMS)) {
    const isThere = spawnSync("which", [program], { stdio: "ignore" }).status === 0;

    it.skipIf(!isThere).concurrent.each(WIDTHS)(
      `leaves nothing to be read: ${program}, %i columns`,
      async (cols) => {
        const dir = temporaryDirectory();
        writeFileSync(join(dir, "rules.yaml"), RULES);
        if (script) writeFileSync(join(dir, "script.json"), JSON.stringify(script));
        for (let seed = 1; seed <= ROUNDS; seed++) {
          const { text, secrets } = linesOf(seed * cols);
          writeFileSync(join(dir, "text"), text);
          const options = ["--overwrite", "-q", "--rules", "rules.yaml", "--window-size", `${cols}x${ROWS}`];
          const typed = script ? ["--script", "script.json"] : [];
          const recorded = ["record", "it.cassette", "--headless", ...options, ...typed, "--", ...argv(cols)];
          expect(await cassette(recorded, { cwd: dir })).toMatchObject({ status: 0 });
          const kept = everyFile(join(dir, "it.cassette"));
          const left = secrets.filter(({ secret }) =>
            partsOf(secret).some(
              (part) => !JWT_HEADER.includes(part) && !WORDS.test(part) && kept.includes(part),
            ),
          );
          expect(left).toEqual([]);
        }
      },
    );
  }
});

function everyFile(dir: string): string {
  return readdirSync(dir)
    .map((name) => readFileSync(join(dir, name), "latin1"))
    .join("\n");
}
