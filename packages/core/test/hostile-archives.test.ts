import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOSTILE_ARCHIVES, SOUND_ARCHIVES } from "./support/hostile-archives.js";

describe("openArchive", () => {
  let results: { outcomes: { outcome: string; ms: number }[]; mb: number };
  const dir = mkdtempSync(join(tmpdir(), "cassette-core-"));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  beforeAll(() => {
    const files = [...SOUND_ARCHIVES, ...HOSTILE_ARCHIVES.map(([, , make]) => make)].map((make, n) => {
      const path = join(dir, `${n}.zip`);
      writeFileSync(path, make());
      return path;
    });
    const program = join(import.meta.dirname, "programs/open-archives.mjs");
    results = JSON.parse(execFileSync(process.execPath, [program, ...files], { encoding: "utf8" }));
  });

  it("opens the archives that the hostile ones are made from", () => {
    expect(results.outcomes.slice(0, 3).map(({ outcome }) => outcome)).toEqual([
      "opened",
      "opened",
      "opened",
    ]);
  });

  it.each(HOSTILE_ARCHIVES.map(([what, code], n) => [what, code, n] as const))(
    "refuses %s within a second",
    (_what, code, n) => {
      const { outcome, ms } = results.outcomes[n + 3] ?? { outcome: "", ms: Number.NaN };
      expect(outcome).toBe(code);
      expect(ms).toBeLessThan(1000);
    },
  );

  it("stays under 200 MB for all of them", () => {
    expect(results.mb).toBeLessThan(200);
  });
});
