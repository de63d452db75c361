import { cpSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const CLI = join(import.meta.dirname, "..");

describe("the stub in one file", () => {
  it("gives way to a package that was released after it", async () => {
    const recording = join(temporaryDirectory(), "echo.cassette");
    await cassette(["record", recording, "--headless", "-q", "--", "echo", "as recorded"]);
    const { command, core } = installation();

    const before = await cassette(["stub", recording], { command });
    setVersion(core, "1.999.0");
    const after = await cassette(["stub", recording], { command });

    expect(before).toEqual({ status: 0, stdout: "as recorded\r\n", stderr: "" });
    expect(after).toEqual({ ...before, stderr: "core was asked\n" });
  });
});

/** The command with a core that tells when it is loaded, as npm would put them side by side. */
function installation() {
  const scope = join(temporaryDirectory(), "node_modules/@cassette");
  mkdirSync(scope, { recursive: true });
  for (const [name, source] of [
    ["cli", CLI],
    ["core", dependency("core")],
  ] as const) {
    for (const part of ["dist", "package.json"])
      cpSync(join(source, part), join(scope, name, part), { recursive: true });
  }
  symlinkSync(dependency("format"), join(scope, "format"));
  const reader = join(scope, "core/dist/reader.js");
  writeFileSync(reader, `process.stderr.write("core was asked\\n");\n${readFileSync(reader, "utf8")}`);
  return { command: join(scope, "cli/dist/main.cjs"), core: join(scope, "core") };
}

function dependency(name: string): string {
  return realpathSync(join(CLI, "node_modules/@cassette", name));
}

function setVersion(dir: string, version: string): void {
  const path = join(dir, "package.json");
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), version }));
}
