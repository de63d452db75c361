import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRecorder } from "@cassette/core";
import { systemClock } from "@cassette/core/reader";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const GO_CASSETTES = join(import.meta.dirname, "../../format/conformance/go-v1/cassettes");
const LESS = join(GO_CASSETTES, "real-less");

async function printing(text: string): Promise<string> {
  const dir = join(temporaryDirectory(), "it");
  const recorder = await createRecorder(dir, { manifest: {}, clock: systemClock });
  recorder.recordOutput(Buffer.from(text));
  recorder.recordFinal();
  await recorder.close();
  return dir;
}

describe("cassette grep", () => {
  it("prints time, seq, row and column of a screen", async () => {
    const { status, stdout } = await cassette(["grep", "line-010", LESS]);
    expect(status).toBe(0);
    expect(stdout.split("\n")[0]).toMatch(/^\d+\.\d{3}s #\d+ screen 3:6: less-line-010: pager fixture text$/);
  });

  it("counts columns as a terminal does", async () => {
    const { stdout } = await cassette([
      "grep",
      "x",
      await printing("世界 e\u0301x"),
      "--json",
      "--in",
      "screen",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      place: "screen",
      row: 1,
      column: 7,
      match: "x",
      text: "世界 e\u0301x",
    });
  });

  it("searches folders, names the cassette, and continues after one it cannot read", async () => {
    const dir = temporaryDirectory();
    cpSync(LESS, join(dir, "b"), { recursive: true });
    cpSync(LESS, join(dir, "c"), { recursive: true });
    cpSync(LESS, join(dir, "a"), { recursive: true });
    writeFileSync(join(dir, "a/output.raw"), "tampered");
    const { status, stdout, stderr } = await cassette(["grep", "line-010", dir, "--json"]);
    const paths = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).path);
    expect([...new Set(paths)]).toEqual([join(dir, "b"), join(dir, "c")]);
    expect(stderr).toContain("CASSETTE_DIGEST_MISMATCH");
    expect(status).toBe(1);
  });

  it.each([
    [["LINE-010"], 1],
    [["LINE-010", "-i"], 0],
    [["line.010"], 0],
    [["line.010", "-F"], 1],
    [["line-010", "--in", "input"], 1],
  ])("finds a prompt or none: %j", async (args, status) => {
    expect((await cassette(["grep", ...args, LESS])).status).toBe(status);
  });

  it.each([
    [["grep", "("], "not a regular expression"],
    [["grep", ""], "The pattern is empty"],
    [["grep", "x", "--in", "dreams"], "screen, output, input and event"],
    [["grep", "x", "nowhere"], "CASSETTE_NOT_FOUND"],
  ])("exits with status 2 on a usage error: %j", async (args, words) => {
    const outcome = await cassette(args.length > 2 && args[2] === "nowhere" ? args : [...args, LESS]);
    expect(outcome).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining(words) });
  });

  it("gives up on a pattern that backtracks without end", async () => {
    const dir = await printing(`${"a".repeat(70)}!`);
    const outcome = await cassette(["grep", "^(a+)+$", dir, "--stall", "500ms"]);
    expect(outcome).toMatchObject({
      status: 3,
      stdout: "",
      stderr: expect.stringContaining("CASSETTE_SEARCH_STALLED"),
    });
  });
});
