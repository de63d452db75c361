import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import * as nodeModule from "node:module";
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

const keepsCodeItself = "enableCompileCache" in nodeModule;

describe.skipIf(keepsCodeItself)("compiled code", () => {
  it("is kept for the next run in a file of the user's, and replaced where that is damaged or not theirs alone", async () => {
    const XDG_CACHE_HOME = temporaryDirectory();
    const folder = join(XDG_CACHE_HOME, "cassette/compiled");
    const run = (target: string) =>
      cassette(["record", join(XDG_CACHE_HOME, target), "--headless", "-q", "--", "true"], {
        env: { ...process.env, XDG_CACHE_HOME },
      });
    const done = { status: 0, stdout: "", stderr: "" };
    expect(await run("first")).toEqual(done);
    const [name = ""] = readdirSync(folder);
    const file = join(folder, name);
    const code = readFileSync(file);
    expect([name, statSync(file).mode & 0o777]).toEqual([expect.stringMatching(/^record-in-one-v/), 0o600]);
    expect(await run("second")).toEqual(done);
    expect(readFileSync(file).equals(code)).toBe(true);

    writeFileSync(file, code.fill(7, 1_000, 2_000));
    expect(await run("third")).toEqual(done);
    expect(readFileSync(file).indexOf(Buffer.alloc(1_000, 7))).toBe(-1);

    writeFileSync(file, "not theirs alone", { mode: 0o622 });
    chmodSync(file, 0o622);
    writeFileSync(join(folder, "record-in-one-v1-of-another-version"), "");
    expect(await run("fourth")).toEqual(done);
    expect(readdirSync(folder)).toEqual([name]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
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
