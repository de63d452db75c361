import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { HELP } from "./help.mjs";
import { measure, median, table } from "./runner.mjs";

describe("measure", () => {
  it("runs the jobs in turns, warm-ups first, and compares with the first", async () => {
    const order = [];
    const results = await measure(
      [
        { name: "a", bytes: 1e6, run: () => order.push("a") },
        { name: "b", run: () => order.push("b") },
      ],
      { rounds: 3, warmups: 1 },
    );
    expect(order.join("")).toBe("abababab");
    expect(results.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(results[0]?.ratio).toBe(1);
    expect(results[1]?.mbPerS).toBeNull();
  });
});

describe("median", () => {
  it("is the middle, or the mean of the two in the middle", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });
});

describe("table", () => {
  it("aligns one row a job", () => {
    const row = { name: "a", wallMs: 1, minMs: 1, maxMs: 2, cpuMs: 1, mbPerS: null, ratio: 1, cpuRatio: 1 };
    const lines = table("title", [row, { ...row, name: "longer", ratio: 12.5 }]).split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[3]).toContain("× 12.50");
    expect(lines[2]?.length).toBe(lines[3]?.length);
  });
});

describe("HELP", () => {
  it("names every job there is, and no other", () => {
    const named = [...HELP.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name]) => `${name}.mjs`);
    expect(named.sort()).toEqual(readdirSync(join(import.meta.dirname, "jobs")).sort());
  });
});
