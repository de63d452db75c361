import { describe, expect, it } from "vitest";
import { checkFiles, checkManifest, LAYERS } from "./layers.mjs";

const check = (name, text, path = "src/lib/x.ts", manifest = {}) =>
  checkFiles(name, manifest, new Map([[path, text]]));

describe("checkFiles", () => {
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
    "an unlisted library": 'import _ from "lodash";',
  };
  it.each(Object.entries(forms))("refuses %s between siblings", (_form, text) => {
    expect(check("core", text)).toHaveLength(1);
  });

  it.each([
    'import { x } from "@cassette/format";',
    'import { x } from "@cassette/format/schema";',
    'import { readFileSync } from "node:fs";',
    'import { x } from "./y.js";\nimport { z } from "../z.js";',
    'const message = "from here to there"; // imports @cassette/pty in prose only',
  ])("allows %j", (text) => {
    expect(check("core", text)).toEqual([]);
  });

  it("lets the command use every package", () => {
    expect(check("cli", 'import "@cassette/pty"; import("@cassette/core/reader");')).toEqual([]);
  });

  it.each([
    ['import { createPtyDriver } from "@cassette/pty";', 1],
    ['import {\n  createPtyDriver,\n} from "@cassette/pty";', 1],
    ['export { createPtyDriver } from "@cassette/pty";', 1],
    ['import "@cassette/pty";', 1],
    ['import type { X } from "@cassette/pty";', 0],
    ['const { createPtyDriver } = await import("@cassette/pty");', 0],
  ])("lets testing load the terminal only on demand: %j", (text, violations) => {
    expect(check("testing", text)).toHaveLength(violations);
  });

  it("keeps an outside library in one file", () => {
    const files = new Map([
      ["src/lib/a.ts", 'import pty from "node-pty";'],
      ["src/lib/b.ts", 'type P = import("node-pty").IPty;'],
    ]);
    expect(checkFiles("pty", {}, files)).toEqual([
      "pty: node-pty may be imported by one file only, not by src/lib/a.ts and src/lib/b.ts.",
    ]);
  });

  it("lets tests use test libraries and the conformance data, and no sibling", () => {
    const text = 'import { it } from "vitest"; const data = "../../format/conformance/go-v1";';
    expect(check("core", text, "test/x.test.ts")).toEqual([]);
    expect(check("core", 'import "@cassette/pty";', "test/x.test.ts")).toHaveLength(1);
  });
});

describe("checkManifest", () => {
  it.each(["dependencies", "peerDependencies", "optionalDependencies", "devDependencies"])(
    "refuses a sibling in %s",
    (field) => {
      expect(checkManifest("scrub", { [field]: { "@cassette/core": "workspace:^" } })).toHaveLength(1);
    },
  );

  it("refuses a library that the package may not use", () => {
    expect(checkManifest("core", { dependencies: { valibot: "1.5.0" } })).toHaveLength(1);
  });

  it("accepts every package with an entry, and reports one without", () => {
    expect(checkManifest("new-one", {})).toHaveLength(1);
    for (const name of Object.keys(LAYERS)) expect(checkManifest(name, {})).toEqual([]);
  });
});
