import { cpSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const CLI = join(import.meta.dirname, "..");

describe("a command in one file", () => {
  it("gives way to a package that was released after it: the stub", async () => {
    const recording = join(temporaryDirectory(), "echo.cassette");
    await cassette(["record", recording, "--headless", "-q", "--", "echo", "as recorded"]);
    const { command, core } = installation("reader.js");

    const before = await cassette(["stub", recording], { command });
    setVersion(core, "1.999.0");
    const after = await cassette(["stub", recording], { command });

    expect(before).toEqual({ status: 0, stdout: "as recorded\r\n", stderr: "" });
    expect(after).toEqual({ ...before, stderr: "core was asked\n" });
  });

  it("gives way to a package that was released after it: record", async () => {
    const recording = join(temporaryDirectory(), "true.cassette");
    const { command, core } = installation("index.js");
    const record = ["record", recording, "--headless", "--overwrite", "-q", "--", "true"];

    const before = await cassette(record, { command });
    setVersion(core, "1.999.0");
    const after = await cassette(record, { command });

    expect(before).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(after).toEqual({ ...before, stderr: "core was asked\n" });
  });
});

/** The command beside a core that reports when it is loaded, as npm would install them. @param entry the entry of the core that is loaded. */
function installation(entry: string) {
  const scope = join(temporaryDirectory(), "node_modules/@cassette");
  mkdirSync(scope, { recursive: true });
  for (const [name, source] of [
    ["cli", CLI],
    ["core", dependency("core")],
    ["terminal", dependency("terminal")],
  ] as const) {
    for (const part of ["dist", "package.json"])
      cpSync(join(source, part), join(scope, name, part), { recursive: true });
  }
  for (const name of ["format", "frames", "pty", "scrub"]) symlinkSync(dependency(name), join(scope, name));
  const file = join(scope, "core/dist", entry);
  writeFileSync(file, `process.stderr.write("core was asked\\n");\n${readFileSync(file, "utf8")}`);
  return { command: join(scope, "cli/dist/main.cjs"), core: join(scope, "core") };
}

function dependency(name: string): string {
  return realpathSync(join(CLI, "node_modules/@cassette", name));
}

function setVersion(dir: string, version: string): void {
  const path = join(dir, "package.json");
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), version }));
}
