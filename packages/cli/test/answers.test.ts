import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const has = (program: string) => spawnSync("which", [program], { stdio: "ignore" }).status === 0;

/** What programs ask when they start, and what an answer to it begins with or ends in. */
const KINDS = {
  DA1: [/\x1b\[0?c/g, /\x1b\[\?[\d;]*c/g],
  DA2: [/\x1b\[>0?c/g, /\x1b\[>[\d;]*c/g],
  XTVERSION: [/\x1b\[>0?q/g, /\x1bP>\|/g],
  CPR: [/\x1b\[6n/g, /\x1b\[\d+;\d+R/g],
  DECRQM: [/\x1b\[\??\d+\$p/g, /\x1b\[\??\d+;\d\$y/g],
  XTGETTCAP: [/\x1bP\+q/g, /\x1bP[01]\+r/g],
  colours: [/\x1b\]1[01];\?/g, /\x1b\]1[01];rgb:/g],
  keyboard: [/\x1b\[\?u/g, /\x1b\[\?\d+u/g],
} as const;

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

const linesOf = (target: string, file: string) =>
  readFileSync(join(target, file), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/**
 * Counts the queries before the first input, all queries, and the answers. A program that receives its quit key while it still
 * sends queries does not wait for answers.
 */
function tally(target: string) {
  const output = readFileSync(join(target, "output.raw"));
  const inputs = linesOf(target, "input.jsonl") as { seq: number; bytes?: string; answer?: boolean }[];
  const typed = inputs.find(({ answer }) => !answer)?.seq ?? Number.POSITIVE_INFINITY;
  const chunks = linesOf(target, "output.jsonl") as { seq: number; offset: number }[];
  const early = output.subarray(0, chunks.find(({ seq }) => seq > typed)?.offset);
  const answers = inputs.filter(({ answer }) => answer).map(({ bytes = "" }) => Buffer.from(bytes, "base64"));
  return Object.entries(KINDS).map(([kind, [question, answer]]) => ({
    kind,
    askedEarly: count(early.toString("latin1"), question),
    asked: count(output.toString("latin1"), question),
    answered: count(Buffer.concat(answers).toString("latin1"), answer),
  }));
}

interface Case {
  program: string;
  argv: string[];
  script?: object[];
  /** What it asks at least once; nothing for a version that asks nothing. */
  asks?: string[];
}

const SETTLED = { wait: { settledMs: 300 } };

const cases: Case[] = [
  {
    program: "vim",
    argv: ["vim", "-u", "NONE", "-N", "-i", "NONE"],
    script: [{ wait: "~" }, SETTLED, { type: ":q!" }, { press: "Enter" }],
    asks: ["DA2", "CPR", "XTGETTCAP", "colours", "DECRQM"],
  },
  {
    program: "nvim",
    argv: ["nvim", "--clean"],
    script: [{ wait: "~" }, SETTLED, { type: ":q!" }, { press: "Enter" }],
    asks: ["DA1"],
  },
  {
    program: "fish",
    argv: ["fish", "--no-config", "--interactive"],
    script: [{ wait: "/[#>$] /" }, SETTLED, { type: "exit" }, { press: "Enter" }],
  },
  {
    program: "node",
    argv: [process.execPath, join(import.meta.dirname, "programs/ask-and-wait.mjs")],
    asks: ["DA1", "XTVERSION", "XTGETTCAP", "colours", "keyboard"],
  },
];

describe("cassette record, without a person's terminal", () => {
  for (const { program, argv, script, asks = [] } of cases) {
    it.skipIf(!has(program))(`answers all that ${argv.slice(0, 2).join(" ").slice(-40)} asks`, async () => {
      const dir = temporaryDirectory();
      const target = join(dir, "it.cassette");
      const scripted = script ? ["--script", join(dir, "script.json")] : [];
      if (script) writeFileSync(join(dir, "script.json"), JSON.stringify(script));
      const env = { ...process.env, TERM: "xterm-256color", LANG: "C.UTF-8" };
      const recorded = await cassette(["record", target, ...scripted, "--", ...argv], { cwd: dir, env });
      expect(recorded).toMatchObject({ status: 0 });
      for (const { kind, askedEarly, asked, answered } of tally(target)) {
        if (asks.includes(kind)) expect([kind, askedEarly]).not.toEqual([kind, 0]);
        expect(answered, kind).toBeGreaterThanOrEqual(askedEarly);
        expect(answered, kind).toBeLessThanOrEqual(asked);
      }
      // What fish says when no answer came in time.
      expect(readFileSync(join(target, "output.raw"), "utf8")).not.toContain("could not read response");
    });
  }
});
