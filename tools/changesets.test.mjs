import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const FOLDER = join(import.meta.dirname, "../.changeset");
const CHANGESET = /^---\n(?:"@cassette\/[a-z]+": (?:patch|minor|major)\n)+---\n\n\S/;

it("each changeset begins with the packages that it changes", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".md") && name !== "README.md");
  const malformed = files.filter((name) => !CHANGESET.test(readFileSync(join(FOLDER, name), "utf8")));
  expect(malformed).toEqual([]);
});
