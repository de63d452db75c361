import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { type FindOptions, findCassettes } from "./find-cassettes.js";

/** A folder with cassettes, archives and other files. */
function makeFolder(): string {
  const folder = temporaryDirectory();
  for (const name of ["b.cassette", "d/e.cassette", ".hidden/f.cassette"]) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "manifest.json"), "{}");
  }
  for (const name of ["a.zip", "c.ZIP", "d/0.zip", "b.cassette/inside.zip", ".hidden/g.zip", "zip", "h.txt"])
    writeFileSync(join(folder, name), "PK.. manifest.json");
  writeFileSync(join(folder, "other.zip"), "PK.. picture.png");
  mkdirSync(join(folder, "folder.zip"));
  symlinkSync(join(folder, "a.zip"), join(folder, "link.zip"));
  return folder;
}

async function found(path: string, options?: FindOptions): Promise<string[]> {
  const paths: string[] = [];
  for await (const cassette of findCassettes(path, options)) paths.push(relative(path, cassette));
  return paths;
}

describe("findCassettes", () => {
  it("finds the cassettes of a folder in the order of their names", async () => {
    expect(await found(makeFolder())).toEqual(["b.cassette", "d/e.cassette"]);
  });

  it("also finds archives of cassettes, none in a cassette, if it is asked to", async () => {
    const all = ["a.zip", "b.cassette", "c.ZIP", "d/0.zip", "d/e.cassette"];
    expect(await found(makeFolder(), { archives: true })).toEqual(all);
  });

  it("gives a path without a cassette below it as it is", async () => {
    const folder = temporaryDirectory();
    for (const path of [folder, join(folder, "missing"), "https://example.com/a.zip"])
      expect(await found(path, { archives: true })).toEqual([""]);
  });
});
