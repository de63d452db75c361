import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const MAIN = join(import.meta.dirname, "../dist/main.cjs");
const folder = mkdtempSync(join(tmpdir(), "cassette-cli-"));
const run = (...args: string[]) =>
  spawnSync(process.execPath, [MAIN, ...args], { cwd: folder, encoding: "utf8" });

beforeAll(() => {
  execFileSync(process.execPath, [MAIN, "record", "it.cassette", "--", "sh", "-c", "printf 'one\\ntwo\\n'"], {
    cwd: folder,
    stdio: "ignore",
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COMMANDS: string[][] = [
  ["info"],
  ["info", "--json"],
  ["cat"],
  ["events"],
  ["frames"],
  ["frames", "--json"],
  ["grep", "two"],
  ["play", "--speed", "10"],
  ["verify"],
  ["verify", "--rerender"],
  ["script"],
  ["stub"],
];

describe("cassette convert", () => {
  it("packs a cassette, and unpacks the same files", () => {
    expect(run("convert", "it.cassette", "it.zip").stderr).toBe("it.zip: packed, verified.\n");
    expect(run("convert", "it.zip", "out").stderr).toBe("out: unpacked, verified.\n");
    for (const name of readdirSync(join(folder, "it.cassette")))
      expect(readFileSync(join(folder, "out", name))).toEqual(
        readFileSync(join(folder, "it.cassette", name)),
      );
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("replaces nothing without --overwrite", () => {
    expect(run("convert", "it.cassette", "it.zip").stderr).toContain("exists");
    expect(run("convert", "it.zip", "out").stderr).toContain("exists");
    expect(run("convert", "it.cassette", "it.zip", "--overwrite", "--level", "0").status).toBe(0);
    expect(run("convert", "it.zip", "out", "--overwrite").status).toBe(0);
  });

  it("leaves nothing of an archive that is refused", () => {
    writeFileSync(join(folder, "bad.zip"), readFileSync(join(folder, "it.zip")).subarray(0, -9));
    const { status, stderr } = run("convert", "bad.zip", "bad");
    expect([status, stderr]).toEqual([1, expect.stringContaining("CASSETTE_ARCHIVE_INVALID")]);
    expect(existsSync(join(folder, "bad"))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("converts an archive as it does a directory", () => {
    expect(run("convert", "it.zip", "it.cast").status).toBe(0);
    expect(run("convert", "it.zip", "it.svg").status).toBe(0);
    expect(readFileSync(join(folder, "it.svg"), "utf8")).toContain("two");
  });
});

describe("commands that read", () => {
  it.each(COMMANDS.map((args) => [args.join(" "), args] as const))(
    "%s takes an archive",
    (_name, [command = "", ...more]) => {
      const of = (path: string) => {
        const { status, stdout } = run(command, ...(command === "grep" ? [...more, path] : [path, ...more]));
        return [status, stdout.replaceAll(path, "PATH")];
      };
      const [status, stdout] = of("it.cassette");
      expect(status).toBe(0);
      expect(stdout).not.toBe("");
      expect(of("it.zip")).toEqual([status, stdout]);
    },
  );

  it("diff takes two", () => {
    expect(run("diff", "it.zip", "it.cassette").status).toBe(0);
  });

  it("view makes a page of one", () => {
    expect(run("view", "it.zip", "--output", "it.html").status).toBe(0);
    expect(readFileSync(join(folder, "it.html"), "utf8")).toContain("<html");
  });
});
