import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliReference } from "./cli-reference.js";

describe("docs/cli.md", () => {
  it("says what the command's help says", async () => {
    await expect(await cliReference()).toMatchFileSnapshot(join(import.meta.dirname, "../../../docs/cli.md"));
  });

  it("has an example for every command", async () => {
    const [, ...sections] = (await cliReference()).split(/^## /m);
    for (const section of sections) expect(section).toMatch(/\nExamples?:\n {2}cassette /);
  });
});
