import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeGif } from "../../render/test/gif.js";
import { decodePng } from "../../render/test/png.js";
import { cassette, temporaryDirectory } from "./cassette.js";

const LESS = join(import.meta.dirname, "../../format/conformance/go-v1/cassettes/real-less");
let folder: string;
/** Three lines, a second apart but for the waits, with a mark after the first. */
let lines: string;

beforeAll(async () => {
  folder = temporaryDirectory();
  lines = join(folder, "lines.cassette");
  const script = join(folder, "lines.yaml");
  const steps = ["sleep: 300ms", "mark: first", "type: two", "press: Enter", "sleep: 300ms", "press: Ctrl+D"];
  writeFileSync(script, ['wait: "one"', ...steps].map((step) => `- ${step}\n`).join(""));
  const program = ["sh", "-c", "printf '\\033[31mone\\033[m\\n'; cat"];
  const outcome = await cassette(["record", lines, "-q", "--script", script, "--", ...program]);
  expect(outcome).toMatchObject({ status: 0 });
});

async function convert(source: string, out: string, ...options: string[]) {
  const path = join(folder, out);
  const outcome = await cassette(["convert", source, path, "--overwrite", ...options]);
  expect(outcome).toEqual({ status: 0, stdout: "", stderr: "" });
  return readFileSync(path);
}

describe("cassette convert", () => {
  it("makes a moving SVG, or a still one of a moment", async () => {
    const moving = (await convert(LESS, "a.svg", "--window", "--title", "less & more")).toString();
    expect(moving).toMatch(/^<!DOCTYPE svg \[.*<title>less &amp; more<\/title>.*@keyframes P\{0%/s);
    const still = (await convert(LESS, "b.svg", "--last", "--theme", "auto")).toString();
    expect(still).not.toContain("@keyframes");
    expect(still).toContain("prefers-color-scheme");
    expect(still).toMatch(/less-line-\d{3}: pager fixture text/);
  });

  it("makes PNG of a part of the screen", async () => {
    const png = await convert(
      LESS,
      "a.png",
      "--rows",
      "1-5",
      "--cols",
      "3-12",
      "--padding",
      "2",
      "--font-size",
      "20",
    );
    expect(decodePng(png)).toMatchObject({ width: 10 * 12 + 4, height: 5 * 24 + 4 });
  });

  it("makes a GIF whose times are those of the recording", async () => {
    const total = async (...options: string[]) => {
      const { frames, repeat } = decodeGif(await convert(lines, "a.gif", ...options));
      expect(frames.length).toBeGreaterThan(1);
      const delays = frames.slice(0, -1).map(({ delayCs }) => delayCs);
      return { repeat, longest: Math.max(...delays), sum: delays.reduce((sum, delay) => sum + delay, 0) };
    };
    const plain = await total();
    expect(plain).toMatchObject({ repeat: 0 });
    expect(plain.longest).toBeGreaterThanOrEqual(25);
    const fast = await total("--speed", "2", "--max-idle", "0.1", "--loop", "2", "--fps", "50");
    expect(fast).toMatchObject({ repeat: 1 });
    expect(fast.longest).toBeLessThanOrEqual(10);
    expect(fast.sum).toBeLessThan(plain.sum);
  });

  it("makes text, plain and coloured, into a file or a pipe", async () => {
    expect((await convert(lines, "a.txt")).toString()).toBe("one\ntwo\ntwo\n");
    const { stdout } = await cassette(["convert", lines, "-", "--format", "ansi", "--last"]);
    expect(stdout).toBe("\u001b[0;31mone\u001b[0m\ntwo\ntwo\n");
  });

  it("is what frames --svg prints of a frame", async () => {
    const { stdout } = await cassette(["frames", lines, "--last", "--svg"]);
    expect(stdout).toBe((await convert(lines, "f.svg", "--last")).toString());
    expect(await cassette(["frames", lines, "--svg"])).toMatchObject({ status: 2 });
  });

  it("finds the moment of a mark", async () => {
    expect((await convert(lines, "m.txt", "--mark", "first")).toString()).toBe("one\n");
    const outcome = await cassette(["convert", lines, join(folder, "n.txt"), "--mark", "second"]);
    expect(outcome).toMatchObject({ status: 2, stderr: expect.stringContaining("no mark") });
  });

  it("gives the same bytes each time", async () => {
    for (const name of ["c.svg", "c.png", "c.gif"])
      expect(await convert(lines, name)).toEqual(await convert(lines, `again-${name}`));
  });

  it("reads colours from a file", async () => {
    const file = join(folder, "theme.json");
    const palette = Array(8).fill("#123456").join(":");
    writeFileSync(file, JSON.stringify({ fg: "#fedcba", bg: "#010203", palette }));
    expect((await convert(LESS, "t.svg", "--theme", file)).toString()).toContain(".F{fill:#fedcba}");
    writeFileSync(file, "{}");
    expect(await cassette(["convert", LESS, join(folder, "u.svg"), "--theme", file])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("CASSETTE_THEME_INVALID"),
    });
  });

  it("reports text that no font has", async () => {
    const recording = join(folder, "han.cassette");
    await cassette(["record", recording, "-q", "--headless", "--", "printf", "漢字"]);
    const outcome = await cassette(["convert", recording, join(folder, "han.png")]);
    expect(outcome).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("No font has 漢 (U+6F22), 字 (U+5B57);"),
    });
  });

  it("replaces a file only if asked, creates folders, and leaves nothing of what failed", async () => {
    const out = join(folder, "new/sub/x.svg");
    expect(await cassette(["convert", LESS, out])).toMatchObject({ status: 0 });
    expect(await cassette(["convert", LESS, out])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("CASSETTE_TARGET_EXISTS"),
    });
    const bad = join(folder, "bad/x.png");
    expect(await cassette(["convert", LESS, bad, "--font", join(folder, "none.ttf")])).toMatchObject({
      status: 2,
    });
    expect(existsSync(join(folder, "bad"))).toBe(false);
    mkdirSync(join(folder, "taken.svg"));
    expect(await cassette(["convert", LESS, join(folder, "taken.svg"), "--overwrite"])).toMatchObject({
      status: 3,
    });
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it.each([
    ["x.bmp", []],
    ["x.gif", ["--at", "1"]],
    ["x.png", ["--theme", "auto"]],
    ["x.svg", ["--theme", "no-such-theme"]],
    ["x.svg", ["--from", "2", "--to", "1"]],
    ["x.svg", ["--fps", "0"]],
    ["x.svg", ["--font-size", "0"]],
    ["x.svg", ["--rows", "5-2"]],
    ["x.svg", ["--at", "1", "--last"]],
  ])("refuses %s %j", async (out, options) => {
    expect(await cassette(["convert", LESS, join(folder, out), ...options])).toMatchObject({ status: 2 });
    expect(existsSync(join(folder, out))).toBe(false);
  });
});
