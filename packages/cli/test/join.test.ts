import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const LESS = join(import.meta.dirname, "../../format/conformance/go-v1/cassettes/real-less");

describe("cassette join", () => {
  it("makes a verified cassette whose last screen is that of the last part", async () => {
    const target = join(temporaryDirectory(), "new/whole.cassette");
    const { status, stderr } = await cassette(["join", LESS, LESS, "-o", target]);
    expect([status, stderr]).toEqual([
      0,
      expect.stringMatching(/: 2 parts, at 0\.000s, [\d.]+s, [\d.]+s long, /),
    ]);
    expect(await cassette(["verify", target, "--rerender", "--require-integrity"])).toMatchObject({
      status: 0,
    });
    const [whole, part] = await Promise.all([target, LESS].map((dir) => cassette(["cat", dir, "--last"])));
    expect(whole?.stdout).toBe(part?.stdout);
    expect((await cassette(["info", target])).stdout).toContain("part 1 ended: exit 0");
  });

  it("refuses a single cassette", async () => {
    const target = join(temporaryDirectory(), "whole.cassette");
    expect(await cassette(["join", LESS, "-o", target])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("CASSETTE_JOIN_INVALID"),
    });
  });
});
