import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PtyStartOptions } from "@cassette/format";
import { afterAll, describe, expect, it } from "vitest";
import { checkLaunch } from "./launch.js";

const directory = mkdtempSync(join(tmpdir(), "cassette-launch-"));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string, mode: number): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

function check(options: Partial<PtyStartOptions>) {
  return checkLaunch({ argv: ["sh"], rows: 24, cols: 80, ...options });
}

function refusal(options: Partial<PtyStartOptions>): unknown {
  try {
    check(options);
    return "none";
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}

describe("checkLaunch", () => {
  it("finds programs in the program's PATH, at a path, and from the working directory", () => {
    file("tool", "", 0o755);
    expect(refusal({ argv: ["tool"] })).toBe("CASSETTE_PROGRAM_NOT_FOUND");
    expect(refusal({ argv: ["tool"], env: { PATH: `/none:${directory}` } })).toBe("none");
    expect(refusal({ argv: [join(directory, "tool")] })).toBe("none");
    expect(refusal({ argv: ["./tool"], cwd: directory })).toBe("none");
    expect(refusal({ argv: ["tool"], cwd: directory, env: { PATH: "" } })).toBe("none");
    expect(refusal({ argv: ["sh"], env: {} })).toBe("none");
  });

  it("refuses programs that are missing or may not run", () => {
    file("plain", "", 0o644);
    expect(refusal({ argv: [join(directory, "none")] })).toBe("CASSETTE_PROGRAM_NOT_FOUND");
    expect(refusal({ argv: [join(directory, "plain", "below")] })).toBe("CASSETTE_PROGRAM_NOT_FOUND");
    expect(refusal({ argv: [join(directory, "plain")] })).toBe("CASSETTE_PROGRAM_NOT_EXECUTABLE");
    expect(refusal({ argv: [directory] })).toBe("CASSETTE_PROGRAM_NOT_EXECUTABLE");
    expect(refusal({ argv: ["plain"], env: { PATH: directory } })).toBe("CASSETTE_PROGRAM_NOT_EXECUTABLE");
  });

  it("refuses scripts without their interpreter", () => {
    expect(refusal({ argv: [file("orphan", "#! /no/such/interpreter -x\n", 0o755)] })).toBe(
      "CASSETTE_PROGRAM_NOT_FOUND",
    );
    expect(refusal({ argv: [file("script", "#!/bin/sh\n", 0o755)] })).toBe("none");
  });

  it("refuses paths that are no directories", () => {
    file("plain", "", 0o644);
    expect(refusal({ cwd: join(directory, "none") })).toBe("CASSETTE_CWD_INVALID");
    expect(refusal({ cwd: join(directory, "plain") })).toBe("CASSETTE_CWD_INVALID");
  });

  it.each([0, -1, 1_001, 65_560, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "80" as unknown as number])(
    "refuses a size of %s",
    (value) => {
      expect(refusal({ rows: value })).toBe("CASSETTE_SIZE_INVALID");
      expect(refusal({ cols: value })).toBe("CASSETTE_SIZE_INVALID");
    },
  );

  it("refuses values with a NUL, which C would truncate", () => {
    expect(refusal({ argv: ["sh", "a\0b"] })).toBeInstanceOf(TypeError);
    expect(refusal({ cwd: "/tmp\0/x" })).toHaveProperty("name", "TypeError");
    expect(refusal({ env: { A: "b\0c" } })).toBeInstanceOf(TypeError);
    expect(refusal({ argv: [] as unknown as [string] })).toBeInstanceOf(TypeError);
  });

  it("passes on the caller's environment without another terminal's size", () => {
    process.env.LINES = "1";
    process.env.COLUMNS = "2";
    try {
      const { env } = check({});
      expect(env).not.toHaveProperty("LINES");
      expect(env).not.toHaveProperty("COLUMNS");
      expect(env.PATH).toBe(process.env.PATH);
      expect(check({ env: { LINES: "1", GONE: undefined } }).env).toEqual({ LINES: "1" });
    } finally {
      delete process.env.LINES;
      delete process.env.COLUMNS;
    }
  });
});
