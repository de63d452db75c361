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

  it("fits on a terminal of 80 columns", async () => {
    const helps = [...(await cliReference(80)).matchAll(/```text\n(.*?)```/gs)].map(([, help]) => help ?? "");
    expect(helps.length).toBeGreaterThan(10);
    const wide = helps.flatMap((help) => help.split("\n")).filter((line) => line.length > 80);
    expect(wide).toEqual([]);
  });
});
