import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { pack } from "./pack.mjs";

const root = dirname(import.meta.dirname);

describe("the packages, to someone who only reads cassettes", () => {
  it("format and core install from their tarballs without native code and replay in ten lines", () => {
    const project = mkdtempSync(join(tmpdir(), "cassette-consumer-"));
    onTestFinished(() => rmSync(project, { recursive: true, force: true }));
    const tarballs = ["format", "core"].map((name) => pack(name, join(project, "tarballs")));
    writeFileSync(
      join(project, "package.json"),
      '{ "name": "consumer", "private": true, "type": "module" }\n',
    );
    run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...tarballs], project);

    cpSync(
      join(root, "packages/format/conformance/go-v1/cassettes/real-less"),
      join(project, "less.cassette"),
      {
        recursive: true,
      },
    );
    writeFileSync(
      join(project, "replay.mjs"),
      `import { openCassette, replay } from "@cassette/core/reader";

const cassette = await openCassette("less.cassette");
let shown = "";
for await (const event of replay(cassette, { mode: "collapsed" })) {
  if (event.kind === "frame") shown = event.record.text.find((row) => row.startsWith("less-line")) ?? shown;
}
console.log(shown, cassette.final.exit.Code);
await cassette.close();
`,
    );
    expect(run(process.execPath, ["replay.mjs"], project).trim()).toMatch(
      /^less-line-\d{3}: pager fixture text 0$/,
    );
    expect(installed(project)).toEqual(["@cassette/core", "@cassette/format", "valibot"]);
    expect(
      filesBelow(join(project, "node_modules")).filter((file) => /\.node$|binding\.gyp$/.test(file)),
    ).toEqual([]);
  });
});

function installed(project) {
  const top = readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."));
  return top
    .flatMap((name) =>
      name.startsWith("@")
        ? readdirSync(join(project, "node_modules", name)).map((sub) => `${name}/${sub}`)
        : [name],
    )
    .sort();
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function run(command, args, cwd) {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
