import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

/** A project with this package installed and, in the place of node-pty, what is given. */
function projectWith(nodePty: Record<string, string>): string {
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

  it("can be imported without node-pty, and says at the start what is missing", () => {
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

  it("refuses Windows at the start, not before", () => {
    const source = `Object.defineProperty(process, "platform", { value: "win32" });${START}`;
    expect(
      runModule(source.replace(/import (.*) from (.*);/, "const $1 = await import($2);"), packageRoot),
    ).toMatch(/^CASSETTE_PLATFORM_UNSUPPORTED .*Windows/);
  });
});
