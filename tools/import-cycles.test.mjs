import { describe, expect, it } from "vitest";
import { checkCycles, findImportCycles } from "./import-cycles.mjs";

const sources = (files) => new Map(Object.entries(files).map(([path, text]) => [`src/${path}`, text]));

describe("findImportCycles", () => {
  it.each([
    ["two files", { "a.ts": 'import { b } from "./b.js";', "b.ts": 'export { a } from "./a.js";' }],
    ["a dynamic import", { "a.ts": 'await import("./b.js");', "b.ts": 'import "./a.js";' }],
    [
      "three files, over lines",
      {
        "a.ts": 'import {\n  b,\n} from "./b.js";',
        "b.ts": 'import x from "node:fs";\nimport { c } from "./c.js";',
        "c.ts": 'import { a } from "./a.js";',
      },
    ],
  ])("finds a cycle of %s", (_what, files) => {
    expect(findImportCycles(sources(files))).toEqual([Object.keys(files).map((path) => `src/${path}`)]);
  });

  it("finds a cycle of folders whose files have none", () => {
    const files = {
      "x/a.ts": 'import { b } from "../y/b.js";',
      "x/c.ts": "",
      "y/b.ts": "",
      "y/d.ts": 'import { c } from "../x/c.js";',
    };
    expect(findImportCycles(sources(files))).toEqual([["src/x", "src/y"]]);
  });

  it.each([
    ["a diamond", { "a.ts": 'import "./b.js";import "./c.js";', "b.ts": 'import "./c.js";', "c.ts": "" }],
    ["types", { "a.ts": 'import type { B } from "./b.js";', "b.ts": 'import { a } from "./a.js";' }],
    ["tests", { "a.ts": "", "a.test.ts": 'import { a } from "./a.js";' }],
  ])("finds none in %s", (_what, files) => {
    expect(findImportCycles(sources(files))).toEqual([]);
  });
});

describe("checkCycles", () => {
  it("reports a cycle in one sentence", () => {
    const files = sources({ "a.ts": 'import "./b.js";', "b.ts": 'import "./a.js";' });
    expect(checkCycles("core", files)).toEqual(["core: src/a.ts, src/b.ts import one another."]);
  });
});
