import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassettePath } from "./support/conformance-data.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const SOAK = process.env.CASSETTE_SOAK !== undefined;
const LARGE = SOAK ? { chunks: 262_144, bytes: 4096 } : { chunks: 32_768, bytes: 4096 };
const EVENTS = SOAK ? 2_000_000 : 200_000;

describe("memory", () => {
  it(`stays under 150 MB for ${LARGE.chunks} chunks of ${LARGE.bytes} bytes, recording and opening`, () => {
    const dir = join(temporaryDirectory(), "cassette");
    expect(Number(run("record-large", dir, LARGE.chunks, LARGE.bytes))).toBeLessThan(150);
    const [events, mb] = run("open-and-replay", dir).split(" ").map(Number);
    expect(events).toBe(LARGE.chunks + 1);
    expect(mb).toBeLessThan(150);
  });

  it(`stays under 300 MB for ${EVENTS} events`, () => {
    const dir = join(temporaryDirectory(), "cassette");
    run("record-large", dir, EVENTS, 1);
    const [events, mb] = run("open-and-replay", dir).split(" ").map(Number);
    expect(events).toBe(EVENTS + 1);
    expect(mb).toBeLessThan(300);
  });

  it.each<[string, string]>([
    ["a line of 100 MB", `{"seq":3,"t_ms":300,"payload":"${"x".repeat(1e8)}"}\n`],
    ["fifteen million brackets", `{"seq":3,"t_ms":300,"payload":${"[".repeat(15e6)}}\n`],
    [
      "fifteen megabytes of keys",
      `{"seq":3,"t_ms":300${Array.from({ length: 13e5 }, (_, n) => `,"k${n}":1`).join("")}}\n`,
    ],
    ["fifteen megabytes of empty maps", `{"seq":3,"t_ms":300,"x":[${"{},".repeat(5e6)}{}]}\n`],
    ["two hundred thousand lines of one seq", '{"seq":9,"t_ms":0,"payload":0}\n'.repeat(2e5)],
  ])("stays under 200 MB when it refuses %s", (_what, line) => {
    const dir = join(temporaryDirectory(), "cassette");
    cpSync(cassettePath("minimal"), dir, { recursive: true });
    writeFileSync(join(dir, "service-events.jsonl"), line);
    const [code, mb] = run("open-and-replay", dir).split(" ");
    expect(code).toMatch(/^CASSETTE_/);
    expect(Number(mb)).toBeLessThan(200);
  });
});

/** Runs a test program in a process of its own. */
function run(program: string, ...args: (string | number)[]): string {
  const file = join(import.meta.dirname, "programs", `${program}.mjs`);
  return execFileSync(process.execPath, [file, ...args.map(String)], { encoding: "utf8" });
}
