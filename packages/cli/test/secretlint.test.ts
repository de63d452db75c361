import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lintSource } from "@secretlint/core";
import { creator as recommended } from "@secretlint/secretlint-rule-preset-recommend";
import { describe, expect, it } from "vitest";
import { KINDS, seeded } from "../../scrub/test/kinds.js";
import { cassette, temporaryDirectory } from "./cassette.js";

const SEEDS = process.env.CASSETTE_SOAK ? 50 : 2;
/** So many of its rules must have had something to find. */
const SHOWN_RULES = 6;
const PRESET = "@secretlint/secretlint-rule-preset-recommend";

/** What an independent tool finds in the files of a cassette. */
async function findings(cassette: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of readdirSync(cassette)) {
    const { messages } = await lintSource({
      source: {
        content: readFileSync(join(cassette, name), "utf8"),
        filePath: join(cassette, name),
        contentType: "text",
      },
      options: { config: { rules: [{ id: PRESET, rule: recommended }] }, noPhysicFilePath: true },
    });
    found.push(...messages.map(({ ruleId, messageId }) => `${name}: ${ruleId} ${messageId}`));
  }
  return found;
}

/** Secrets of all kinds as programs print them. */
function transcript(seed: number): string {
  return KINDS.map((kind, index) => `${kind.make(seeded(seed * 100 + index)).carrier}\n`).join("");
}

async function record(printed: string, options: readonly string[]): Promise<string> {
  const target = join(temporaryDirectory(), "it");
  const file = join(temporaryDirectory(), "printed.txt");
  writeFileSync(file, printed);
  expect(await cassette(["record", ...options, target, "--", "cat", file])).toMatchObject({ status: 0 });
  return target;
}

describe("secretlint's recommended rules", () => {
  it("find nothing in sealed cassettes that they find in the unscrubbed ones", async () => {
    const rules = new Set<string>();
    for (let seed = 1; seed <= SEEDS; seed++) {
      const printed = transcript(seed);
      expect(await findings(await record(printed, []))).toEqual([]);
      const inTwin = await findings(await record(printed, ["--no-scrub"]));
      for (const finding of inTwin) rules.add(finding.split(" ")[1] ?? "");
    }
    expect(rules.size).toBeGreaterThanOrEqual(SHOWN_RULES);
  });
});
