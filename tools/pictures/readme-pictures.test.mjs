import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const root = dirname(dirname(import.meta.dirname));
const folder = join(root, "docs/pictures");

/** Pictures of the documents: the cassette of the same name, and how it is drawn. */
const PICTURES = {
  session: ["--window", "--title", "cassette", "--to", "25.5"],
  styles: ["--last", "--no-cursor"],
  testing: ["--window", "--title", "cassette", "--to", "9.6"],
};

// After a change of what pictures look like: pnpm exec vitest run tools/pictures/readme-pictures.test.mjs -u
describe("pictures of the documents", () => {
  it.each(Object.entries(PICTURES))("%s is what the command makes of its cassette", async (name, options) => {
    const cli = join(root, "packages/cli/dist/main.cjs");
    const args = [cli, "convert", join(folder, `${name}.cassette`), "-", "--format", "svg", ...options];
    const svg = execFileSync(process.execPath, args, { encoding: "utf8" });
    await expect(svg).toMatchFileSnapshot(join(folder, `${name}.svg`));
  });

  it("are shown", () => {
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain("](docs/pictures/session.svg)");
    expect(readFileSync(join(root, "packages/render/README.md"), "utf8")).toContain(
      "](../../docs/pictures/styles.svg)",
    );
    expect(readFileSync(join(root, "docs/guides/testing.md"), "utf8")).toContain(
      "](../pictures/testing.svg)",
    );
  });
});
