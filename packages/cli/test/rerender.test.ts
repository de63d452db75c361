import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const GO = join(import.meta.dirname, "../../format/conformance/go-v1/cassettes");

/** A copy of a cassette by the installed emulator, in one frame of which a text differs. */
async function changedCassette(folder: string): Promise<string> {
  const dir = join(folder, "made.cassette");
  await cassette(["scrub", join(GO, "real-less"), "-o", dir]);
  const [first = "", ...others] = readFileSync(join(dir, "frames.jsonl"), "utf8").split("\n");
  const frame = JSON.parse(first);
  frame.text[0] = "something else";
  writeFileSync(join(dir, "frames.jsonl"), [JSON.stringify(frame), ...others].join("\n"));
  const manifest = JSON.parse(readFileSync(join(dir, "manifest.json"), "utf8"));
  delete manifest.optional.integrity;
  writeFileSync(join(dir, "manifest.json"), JSON.stringify(manifest));
  return dir;
}

describe("cassette rerender", () => {
  it("reports what changes, and makes a cassette that verifies", async () => {
    const folder = temporaryDirectory();
    const source = await changedCassette(folder);
    const report = await cassette(["rerender", source]);
    expect(report.status).toBe(1);
    expect(report.stdout).toMatch(
      /^changed .*made\.cassette 1 of \d+ frames, from @xterm.* to @xterm.*\n {2}record \d+ at [\d.]+s: text; rows 1\n$/,
    );
    const target = join(folder, "new/made.cassette");
    expect(await cassette(["rerender", source, "-o", target])).toMatchObject({
      status: 0,
      stdout: report.stdout,
    });
    expect(await cassette(["verify", "--rerender", "--require-integrity", target])).toMatchObject({
      status: 0,
    });
    expect(await cassette(["rerender", target])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^same /),
    });
    await using old = await openCassette(source);
    await using made = await openCassette(target);
    expect([made.manifest.id, made.manifest.content_digest]).toEqual([
      old.manifest.id,
      old.manifest.content_digest,
    ]);
  });

  it("continues over a folder where one is damaged, and names the version that made the frames", async () => {
    const folder = temporaryDirectory();
    const from = join(folder, "all");
    for (const name of ["real-less", "real-shell"].filter((each) => existsSync(join(GO, each))))
      cpSync(join(GO, name), join(from, "deep", name), { recursive: true });
    cpSync(join(GO, "real-less"), join(from, "bad"), { recursive: true });
    writeFileSync(join(from, "bad/output.raw"), "x");
    const { status, stdout, stderr } = await cassette([
      "rerender",
      "--json",
      from,
      "-o",
      join(folder, "out"),
    ]);
    expect(status).toBeGreaterThan(0);
    expect(stderr).toContain("CASSETTE_DIGEST_MISMATCH");
    const [line = ""] = stdout.split("\n");
    expect(JSON.parse(line)).toMatchObject({
      path: join(from, "deep/real-less"),
      output: join(folder, "out/deep/real-less"),
      to: { name: expect.stringContaining("headless") },
    });
    expect(await cassette(["verify", "--rerender", join(folder, "out")])).toMatchObject({ status: 0 });
  });
});
