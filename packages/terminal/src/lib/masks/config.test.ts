import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseConfig } from "./parse-config.js";
import { readConfig } from "./read-config.js";

describe("parseConfig", () => {
  it("reads masks by pattern, rectangle and style", () => {
    const text = `masks:
  - pattern: "req-[0-9a-f]+"
    label: request
  - pattern: "/tip: .*/i"
  - rectangle: { row: 1, column: 60 }
  - style: { fg: bright-black, dim: true }
`;
    expect(parseConfig(text, "f").masks).toEqual([
      { pattern: /req-[0-9a-f]+/, label: "request" },
      { pattern: /tip: .*/i },
      { rectangle: { row: 1, column: 60 } },
      { style: { fg: "bright-black", dim: true } },
    ]);
    expect(parseConfig("", "f")).toEqual({ masks: [] });
  });

  it.each([
    ["masks: [{ pattern: '(' }]", 1],
    ["masks:\n  - pattern: a\n    rectangle: { row: 1 }", 2],
    ["masks:\n  - rectangle: { row: 0 }", 2],
    ["masks:\n  - style: { fg: octarine }", 2],
    ["masks: 5", 1],
    ["masks: [", 1],
    ["[]", 1],
  ])("refuses %j, with its line", (text, line) => {
    expect(() => parseConfig(text, "f")).toThrow(
      expect.objectContaining({ code: "CASSETTE_CONFIG_INVALID", file: "f", line }),
    );
  });

  // The file comes with a repository that may be another's.
  it.each(["allow", "rules", "scrub", "secretEnv", "names", "env", "program", "argv", "include", "extends"])(
    "has no key %s: it cannot weaken scrubbing, name programs or read files",
    (key) => {
      expect(() => parseConfig(`masks: []\n${key}: [a]\n`, "f")).toThrow("There is no such key");
      expect(() => parseConfig(`masks: [{ pattern: a, ${key}: a }]\n`, "f")).toThrow();
    },
  );
});

describe("readConfig", () => {
  it("finds the nearest file at or above a folder", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cassette-config-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, "a/b"), { recursive: true });
    expect(await readConfig(join(folder, "a/b"))).toEqual({ masks: [] });
    writeFileSync(join(folder, "cassette.config.yaml"), "masks: [{ pattern: far }]");
    expect(await readConfig(join(folder, "a/b"))).toEqual({ masks: [{ pattern: /far/ }] });
    writeFileSync(join(folder, "a/cassette.config.yaml"), "masks: [{ pattern: near }]");
    expect(await readConfig(join(folder, "a/b"))).toEqual({ masks: [{ pattern: /near/ }] });
  });
});
