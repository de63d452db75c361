import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { identifyProgram } from "./identify-program.js";

describe("identifyProgram", () => {
  it("finds the file that would be started, and its digest", async () => {
    const [folder, name] = [process.execPath.replace(/\/[^/]+$/, ""), "node"];
    const found = await identifyProgram({ argv: [name], env: { PATH: `/none:${folder}` } });
    expect(found).toEqual({
      file: `${folder}/node`,
      sha256: hash("sha256", readFileSync(process.execPath), "hex"),
    });
  });

  it("finds nothing where there is no such program", async () => {
    expect(await identifyProgram({ argv: ["no-such-program"], env: { PATH: "/none" } })).toBeNull();
    expect(await identifyProgram({ argv: ["/"] })).toBeNull();
  });
});
