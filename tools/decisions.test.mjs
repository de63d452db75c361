import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const folder = join(dirname(import.meta.dirname), "docs/decisions");
const records = readdirSync(folder).filter((file) => file !== "README.md");
const PARTS = ["Context", "Decision", "Consequences"];
const HALF_A_PAGE = 25;

describe("docs/decisions", () => {
  it("lists each record once, by its number and title, and says what it is about", () => {
    const expected = records.map((file) => {
      const [heading = ""] = linesOf(file);
      expect(heading).toMatch(new RegExp(`^# ${Number(file.slice(0, 4))}\\. `));
      return `- [${heading.slice(2)}](${file})`;
    });
    const entries = linesOf("README.md").filter((line) => line.startsWith("- "));
    expect(entries.filter((entry) => !/\.md\): \S/.test(entry))).toEqual([]);
    expect(entries.map((entry) => entry.slice(0, entry.indexOf(".md)") + 4)).sort()).toEqual(expected.sort());
  });

  it.each(records)("%s has a context, a decision and consequences, on half a page", (file) => {
    const lines = linesOf(file);
    const parts = lines.flatMap((line) => /^\*\*(\w+)\.\*\* \S/.exec(line)?.[1] ?? []);
    expect(parts).toEqual(PARTS);
    expect(lines.length).toBeLessThanOrEqual(HALF_A_PAGE);
  });
});

function linesOf(file) {
  return readFileSync(join(folder, file), "utf8").trimEnd().split("\n");
}
