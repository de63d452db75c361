import { describe, expect, it } from "vitest";
import { judgeFiles, judgeManifest, LAYERS } from "./layers.mjs";

const judge = (name, text, path = "src/lib/x.ts", manifest = {}) =>
  judgeFiles(name, manifest, new Map([[path, text]]));

describe("judgeFiles", () => {
  const forms = {
    "a static import": 'import { x } from "@cassette/pty";',
    "a side-effect import": 'import "@cassette/pty";',
    "a type import": 'import type { X } from "@cassette/pty";',
    "an inline type specifier": 'import { type X } from "@cassette/pty";',
    "an inline type import": 'let x: import("@cassette/pty").X;',
    "a typeof import": 'type X = typeof import("@cassette/pty");',
    "a dynamic import": 'await import("@cassette/pty");',
    "a dynamic import over lines": 'await import(\n  /* why */ "@cassette/pty"\n);',
    "a template import": "await import(`@cassette/$" + "{name}`);",
    "a re-export": 'export { x } from "@cassette/pty";',
    "a star re-export": "export * from '@cassette/pty';",
    "a require": 'const x = require("@cassette/pty");',
    "an import-equals": 'import x = require("@cassette/pty");',
    "a reference directive": '/// <reference types="@cassette/pty" />',
    "a mock": 'vi.mock("@cassette/pty");',
    "a subpath": 'import { x } from "@cassette/pty/suite";',
    "a name kept in a constant": 'const name = "@cassette/pty"; await import(name);',
    "a path into a sibling": 'import { x } from "../../../pty/src/index.js";',
    "another package's library": 'import pty from "node-pty";',
    "a library nobody listed": 'import _ from "lodash";',
  };
  it.each(Object.entries(forms))("refuses %s between siblings", (_form, text) => {
    expect(judge("core", text)).toHaveLength(1);
  });

  it.each([
    'import { x } from "@cassette/format";',
    'import { x } from "@cassette/format/schema";',
    'import { readFileSync } from "node:fs";',
    'import { x } from "./y.js";\nimport { z } from "../z.js";',
    'const message = "from here to there"; // imports @cassette/pty in prose only',
  ])("allows %j", (text) => {
    expect(judge("core", text)).toEqual([]);
  });

  it("lets the command use every package", () => {
    expect(judge("cli", 'import "@cassette/pty"; import("@cassette/core/reader");')).toEqual([]);
  });

  it.each([
    ['import { createPtyDriver } from "@cassette/pty";', 1],
    ['import {\n  createPtyDriver,\n} from "@cassette/pty";', 1],
    ['export { createPtyDriver } from "@cassette/pty";', 1],
    ['import "@cassette/pty";', 1],
    ['import type { X } from "@cassette/pty";', 0],
    ['const { createPtyDriver } = await import("@cassette/pty");', 0],
  ])("lets testing load the terminal only when it is asked for: %j", (text, violations) => {
    expect(judge("testing", text)).toHaveLength(violations);
  });

  it("keeps an outside library in one file", () => {
    const files = new Map([
      ["src/lib/a.ts", 'import pty from "node-pty";'],
      ["src/lib/b.ts", 'type P = import("node-pty").IPty;'],
    ]);
    expect(judgeFiles("pty", {}, files)).toEqual([
      "pty: node-pty belongs to one file, not to src/lib/a.ts and src/lib/b.ts.",
    ]);
  });

  it("lets tests use test libraries and the conformance data, and no sibling", () => {
    const text = 'import { it } from "vitest"; const data = "../../format/conformance/go-v1";';
    expect(judge("core", text, "test/x.test.ts")).toEqual([]);
    expect(judge("core", 'import "@cassette/pty";', "test/x.test.ts")).toHaveLength(1);
  });
});

describe("judgeManifest", () => {
  it.each(["dependencies", "peerDependencies", "optionalDependencies", "devDependencies"])(
    "refuses a sibling in %s",
    (field) => {
      expect(judgeManifest("scrub", { [field]: { "@cassette/core": "workspace:^" } })).toHaveLength(1);
    },
  );

  it("refuses a library that is not the package's", () => {
    expect(judgeManifest("core", { dependencies: { valibot: "1.5.0" } })).toHaveLength(1);
  });

  it("knows every package it is asked about, and says so of others", () => {
    expect(judgeManifest("new-one", {})).toHaveLength(1);
    for (const name of Object.keys(LAYERS)) expect(judgeManifest(name, {})).toEqual([]);
  });
});
