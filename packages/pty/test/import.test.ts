import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "./bytes.js";

const directory = temporaryDirectory();
const packageRoot = fileURLToPath(new URL("..", import.meta.url));

function runModule(source: string, cwd: string): string {
  // A package manager that runs the tests may name its own folders in NODE_PATH.
  const env = { ...process.env, NODE_PATH: "" };
  const args = ["--input-type=module", "-e", source];
  return execFileSync(process.execPath, args, { cwd, env, encoding: "utf8" }).trim();
}

const inPackage = createRequire(join(packageRoot, "package.json"));
const ORIGINAL = dirname(inPackage.resolve("node-pty-original/package.json"));
const PREBUILT = dirname(inPackage.resolve("node-pty/package.json"));
const BINARIES = dirname(
  inPackage.resolve(`@lydell/node-pty-${process.platform}-${process.arch}/package.json`, {
    paths: [PREBUILT],
  }),
);

/** A project with this package installed and, in the place of node-pty, what is given. */
function projectWith(nodePty: Record<string, string | Buffer>): string {
  const root = mkdtempSync(join(directory, "project-"));
  const modules = join(root, "node_modules");
  for (const [name, source] of [
    ["@cassette/pty", packageRoot],
    ["@cassette/format", join(packageRoot, "../format")],
  ] as const) {
    cpSync(join(source, "dist"), join(modules, name, "dist"), { recursive: true });
    cpSync(join(source, "package.json"), join(modules, name, "package.json"));
  }
  for (const [name, text] of Object.entries(nodePty)) {
    mkdirSync(join(modules, "node-pty", name, ".."), { recursive: true });
    writeFileSync(join(modules, "node-pty", name), text);
  }
  return root;
}

const START = `
import { createPtyDriver } from "@cassette/pty";
const driver = createPtyDriver();
try { await driver.start({ argv: ["true"], rows: 24, cols: 80 }); console.log("started"); }
catch (error) { console.log(error.code, error.message); }
`;

describe("@cassette/pty", () => {
  it("loads nothing native when it is imported", () => {
    const source = `
      await import("@cassette/pty");
      console.log(process.report.getReport().sharedObjects.filter((file) => file.endsWith(".node")).length);
    `;
    expect(runModule(source, packageRoot)).toBe("0");
  });

  it("can be imported without node-pty, and reports at the start that it is missing", () => {
    expect(runModule(START, projectWith({}))).toMatch(/^CASSETTE_PTY_UNAVAILABLE .*cannot be loaded/);
  });

  it("refuses another version of node-pty", () => {
    const project = projectWith({
      "package.json": '{"name":"node-pty","version":"1.2.0"}',
      "lib/utils.js": "exports.loadNativeModule = () => ({ dir: '.', module: { fork() {}, resize() {} } });",
    });
    expect(runModule(START, project)).toMatch(
      /^CASSETTE_PTY_UNAVAILABLE .*1\.1\.0 is needed, 1\.2\.0 is installed/,
    );
  });

  it("refuses a node-pty without the functions it needs", () => {
    const project = projectWith({
      "package.json": '{"name":"node-pty","version":"1.1.0"}',
      "lib/utils.js": "exports.loadNativeModule = () => ({ dir: '.', module: {} });",
    });
    expect(runModule(START, project)).toMatch(/^CASSETTE_PTY_UNAVAILABLE .*lacks/);
  });

  it("starts with the original node-pty that an override puts in the place of the one with binaries", () => {
    const utils = readFileSync(join(ORIGINAL, "lib/utils.js"), "utf8");
    const project = projectWith({
      "package.json": '{"name":"node-pty","version":"1.1.0"}',
      "lib/utils.js": utils,
      // As compiling would: the same source, built by another.
      "build/Release/pty.node": readFileSync(join(BINARIES, "pty.node")),
    });
    expect(runModule(START, project)).toBe("started");
  });

  it("names the override where no binary fits", () => {
    const project = projectWith({ "package.json": '{"name":"@lydell/node-pty","version":"1.1.0"}' });
    const source = START.replace("error.message", "error.hint");
    expect(runModule(source, project)).toMatch(
      /^CASSETTE_PTY_UNAVAILABLE .*"node-pty": "npm:node-pty@1\.1\.0"/,
    );
  });

  it("refuses Windows at the start, not before", () => {
    const source = `Object.defineProperty(process, "platform", { value: "win32" });${START}`;
    expect(
      runModule(source.replace(/import (.*) from (.*);/, "const $1 = await import($2);"), packageRoot),
    ).toMatch(/^CASSETTE_PLATFORM_UNSUPPORTED .*Windows/);
  });
});

describe("the node-pty that is installed", () => {
  it("has the version and the license of the original", () => {
    const [ours, theirs] = [PREBUILT, ORIGINAL].map((dir) =>
      JSON.parse(readFileSync(join(dir, "package.json"), "utf8")),
    );
    expect([ours.version, ours.license]).toEqual([theirs.version, theirs.license]);
  });

  it("has the native functions that the original's source exports", () => {
    const source = readFileSync(join(ORIGINAL, "src/unix/pty.cc"), "utf8");
    const exported = [...source.matchAll(/exports\.Set\("(\w+)"/g)].map(([, name]) => name);
    expect(exported).toContain("fork");
    expect(Object.keys(inPackage(join(BINARIES, "pty.node"))).toSorted()).toEqual(exported.toSorted());
  });

  it("calls fork as the original does", () => {
    const calls = [join(PREBUILT, "unixTerminal.js"), join(ORIGINAL, "lib/unixTerminal.js")].map(
      (file) => /pty\.fork\((.*)\);/.exec(readFileSync(file, "utf8"))?.[1],
    );
    expect(calls[0]).toMatch(/^file, args, /);
    expect(calls[0]).toBe(calls[1]);
  });
});
