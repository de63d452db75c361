import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createXtermEmulator } from "@cassette/frames";
import { describe, expect, it } from "vitest";
import { KINDS, type Kind, LITERAL, partsOf, seeded } from "../../scrub/test/kinds.js";
import { cassette, temporaryDirectory } from "./cassette.js";

const IS_SOAK = Boolean(process.env.CASSETTE_SOAK);
const SEEDS = IS_SOAK ? [1, 2, 3] : [1];
const WIDTHS = IS_SOAK ? [53, 80, 100] : [80];
const ROWS = 24;
const RULES = `secrets: ["${LITERAL.secret}"]\nrules: [{ name: acme, pattern: "acme_[A-Za-z0-9]{20}" }]\n`;

/** A row of a key is recognised by the lines around it, which the screen's edge may cut off. */
const TOLD_BY_LINES = "private key";

const HALF_DOWN = "\x04";
const HALF_UP = "\x15";
const LINE_DOWN = "\x05";
const PAGE_DOWN = "\x06";

/** How each is shown a file, what moves through it, and what ends it. */
const PROGRAMS: Record<string, { argv: string[]; keys: Record<string, string>; quit: object[] }> = {
  less: {
    argv: ["less", "text"],
    keys: {
      lines: "j".repeat(300),
      pages: PAGE_DOWN.repeat(40),
      "back and forth": `${HALF_DOWN}${HALF_UP}${HALF_DOWN}`.repeat(40),
    },
    quit: [{ type: "q" }],
  },
  ...Object.fromEntries(
    ["vim", "nvim"].map((editor) => [
      editor,
      {
        argv: [editor, "-u", "NONE", "-n", "-i", "NONE", "text"],
        keys: {
          lines: LINE_DOWN.repeat(300),
          pages: PAGE_DOWN.repeat(40),
          "half pages": HALF_DOWN.repeat(40),
        },
        quit: [{ press: "Escape" }, { type: ":q!" }, { press: "Enter" }],
      },
    ]),
  ),
};

interface Secret {
  name: string;
  carrier: string;
  /** The secret without what every one of its kind begins with. */
  own: string;
}

function plant({ name, make }: Kind, seed: number): Secret {
  const { carrier, secret } = make(seeded(seed));
  const other = make(seeded(seed + 1)).secret;
  let common = 0;
  while (other !== secret && other[common] === secret[common]) common++;
  return { name, carrier, own: secret.slice(common) };
}

/** The rows of every screen that a recording came by, after each of its control sequences. */
async function* screensOf(output: Buffer, cols: number): AsyncGenerator<readonly string[]> {
  const emulator = createXtermEmulator({ rows: ROWS, cols });
  for (let start = 0; start < output.length; ) {
    const sequence = output.indexOf(0x1b, start + 1);
    const end = sequence === -1 ? output.length : sequence;
    await emulator.feed(output.subarray(start, end));
    emulator.takeReplies();
    yield emulator.snapshot().text;
    start = end;
  }
  emulator.close();
}

/** What is to be read of secrets on any of the screens, row by row or over their ends. */
async function readable(output: Buffer, cols: number, secrets: readonly Secret[]): Promise<string[]> {
  const left = new Set<string>();
  let last = "";
  for await (const rows of screensOf(output, cols)) {
    const joined = rows.map((row) => row.trimEnd()).join("");
    if (joined === last) continue;
    last = joined;
    for (const { name, own } of secrets)
      if (partsOf(own).some((part) => joined.includes(part))) left.add(name);
  }
  return [...left];
}

describe("a program that draws many screens at once, as keys are typed ahead", () => {
  for (const [program, { argv, keys, quit }] of Object.entries(PROGRAMS)) {
    const isThere = spawnSync("which", [program], { stdio: "ignore" }).status === 0;
    const cases = Object.entries(keys).flatMap(([name, typed]) =>
      WIDTHS.map((cols) => ({ name, typed, cols })),
    );

    it.skipIf(!isThere).concurrent.each(cases)(
      `shows no secret on any of them: ${program}, $name, $cols columns`,
      async ({ typed, cols }) => {
        for (const seed of SEEDS) {
          const random = seeded(seed);
          const secrets = KINDS.map((kind, index) => plant(kind, 100 * seed + index));
          const lines = secrets.map(
            ({ carrier }, index) =>
              `## ${index} ${"at ".repeat(random() * 30)}${carrier} and then more\n\n\n`,
          );
          const dir = temporaryDirectory();
          writeFileSync(join(dir, "text"), lines.join(""));
          writeFileSync(join(dir, "rules.yaml"), RULES);
          writeFileSync(
            join(dir, "script.json"),
            JSON.stringify([{ wait: "## 0" }, { type: typed }, ...quit]),
          );
          const size = `${cols}x${ROWS}`;
          const options = ["-q", "--rules", "rules.yaml", "--window-size", size, "--script", "script.json"];
          const recorded = await cassette(
            ["record", "it.cassette", "--headless", ...options, "--", ...argv],
            { cwd: dir },
          );
          expect(recorded).toMatchObject({ status: 0 });
          const output = readFileSync(join(dir, "it.cassette/output.raw"));
          const left = await readable(output, cols, secrets);
          expect(left.filter((name) => name !== TOLD_BY_LINES)).toEqual([]);
        }
      },
    );
  }
});
