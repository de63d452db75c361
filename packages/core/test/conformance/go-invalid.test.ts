import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCassette } from "../../src/reader.js";
import { layOut, openOptions, readCases } from "../support/conformance-data.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

/** By name: code, file, and line where there is one. */
const REFUSALS: Record<string, [code: string, file: string, line: number | null]> = JSON.parse(
  readFileSync(join(import.meta.dirname, "refusals.json"), "utf8"),
);

describe("openCassette on what the Go reader refuses", () => {
  const cases = readCases("invalid.json").map((given) => [given.name, given] as const);

  it("has all 99 cases before it", () => {
    expect(cases).toHaveLength(99);
    expect(Object.keys(REFUSALS).toSorted()).toEqual(cases.map(([name]) => name).toSorted());
  });

  it.each(cases)("refuses %s with its code, file and line", async (name, given) => {
    const dir = temporaryDirectory();
    layOut(given, dir);
    const error = await openCassette(dir, openOptions(given)).catch((reason) => reason);
    const { code, file, line = null } = error;
    expect([code, file && basename(file), line], error.message).toEqual(REFUSALS[name]);
  });
});
