import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const folder = join(dirname(import.meta.dirname), "docs/decisions");

describe("docs/decisions", () => {
  it("lists each record once, by its number and title", () => {
    const records = readdirSync(folder).filter((file) => file !== "README.md");
    const listed = records.map((file) => {
      const [heading = ""] = readFileSync(join(folder, file), "utf8").split("\n");
      expect(heading).toMatch(new RegExp(`^# ${Number(file.slice(0, 4))}\\. `));
      return `- [${heading.slice(2)}](${file})`;
    });
    const index = readFileSync(join(folder, "README.md"), "utf8").split("\n");
    expect(index.filter((line) => line.startsWith("- "))).toEqual(listed);
  });
});
