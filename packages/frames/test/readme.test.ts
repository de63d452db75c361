import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as frames from "../src/index.js";
import * as suite from "../src/suite.js";

const README = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");

describe("README", () => {
  it("names every exported function", () => {
    for (const name of [...Object.keys(frames), ...Object.keys(suite)]) expect(README).toContain(name);
  });
});
