import { describe, expect, it } from "vitest";
import { parsePsLine, readProcessTable } from "./process-table.js";

describe("parsePsLine", () => {
  it("reads a line of the BSD ps", () => {
    expect(parsePsLine("  501   1   501 Ss   Mon Nov  3 10:11:12 2025    ")).toEqual([
      { pid: 501, parent: 1, session: 501, birth: "Mon Nov  3 10:11:12 2025" },
    ]);
  });

  it("leaves out zombies and what is no process", () => {
    expect(parsePsLine("  501   1   501 Z+   Mon Nov  3 10:11:12 2025")).toEqual([]);
    expect(parsePsLine("")).toEqual([]);
  });
});

describe("readProcessTable", () => {
  it("finds this process, its parent and when it began", async () => {
    const self = (await readProcessTable()).find(({ pid }) => pid === process.pid);
    expect(self).toMatchObject({ pid: process.pid, parent: process.ppid });
    expect(self?.birth).not.toBe("");
  });
});
