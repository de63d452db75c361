import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

let folder: string;
let burst: string;

beforeAll(async () => {
  folder = temporaryDirectory();
  burst = join(folder, "burst.cassette");
  // One write of more lines than the screen has rows, then a program on the alternate screen that draws over what it drew.
  const lines = 'awk \'BEGIN { for (i = 1; i < 90; i++) s = s "line " i "\\n"; printf "%s", s; fflush() }\'';
  const program = `${lines}; sleep 0.2; printf '\\033[?1049h'; sleep 0.2; printf 'drawn\\033[Hother'; sleep 0.2; printf '\\033[?1049l'`;
  const outcome = await cassette(["record", burst, "-q", "--headless", "--", "sh", "-c", program]);
  expect(outcome).toMatchObject({ status: 0 });
});

function passedLines(file: string): string[] {
  const [, ...blocks] = readFileSync(file, "utf8").trimEnd().split("\n");
  return blocks.flatMap((block) => {
    const { screens } = JSON.parse(inflateRawSync(Buffer.from(block, "base64")).toString()) as {
      screens: { p?: string[] }[];
    };
    return screens.flatMap(({ p = [] }) => p);
  });
}

describe("cassette view", () => {
  it("keeps the lines that scrolled by, and only those", async () => {
    const file = join(folder, "burst.data");
    expect(await cassette(["view", burst, "--data", file])).toMatchObject({ status: 0, stderr: "" });
    const passed = passedLines(file);
    expect(passed.slice(0, 2)).toEqual(["line 1", "line 2"]);
    expect(passed).not.toContain("line 89");
    expect(passed).not.toContain("drawn");
  });

  it("writes into a private folder and prints the path where there is no display", async () => {
    const env = { ...process.env, XDG_CACHE_HOME: join(folder, "cache"), CI: "1" };
    const pages = join(folder, "cache/cassette/pages");
    mkdirSync(pages, { recursive: true, mode: 0o755 });
    const { status, stdout } = await cassette(["view", burst], { env });
    expect(status).toBe(0);
    expect(readdirSync(pages).map((name) => `${join(pages, name)}\n`)).toEqual([stdout]);
    expect(statSync(pages).mode & 0o777).toBe(0o700);
    expect(readFileSync(stdout.trim(), "utf8")).toMatch(/^<!DOCTYPE html>/);
    const other = await cassette(["view", burst, "--evidence"], { env });
    expect(readdirSync(pages)).toHaveLength(2);
    expect(other.stdout).not.toBe(stdout);
  });

  it("is what convert makes of a name that ends in .html, and replaces nothing unasked", async () => {
    const [one, two] = [join(folder, "one.html"), join(folder, "two.html")];
    expect(await cassette(["view", burst, "--output", one])).toMatchObject({ status: 0 });
    expect(await cassette(["convert", burst, two])).toMatchObject({ status: 0 });
    expect(readFileSync(two).equals(readFileSync(one))).toBe(true);
    const again = await cassette(["view", burst, "--output", one]);
    expect(again.stderr).toContain("[CASSETTE_TARGET_EXISTS]");
  });

  it("refuses a part that ends before it begins", async () => {
    const { status, stderr } = await cassette(["view", burst, "--from", "2", "--to", "1"]);
    expect(status).toBe(2);
    expect(stderr).toContain("--from is after --to.");
  });
});
