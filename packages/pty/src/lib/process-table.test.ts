import { describe, expect, it } from "vitest";
import { parsePsLine, readProcessTable } from "./process-table.js";

const session = { leader: 500, terminal: "/dev/ttys003" };

describe("parsePsLine", () => {
  it("reads a line of the BSD ps", () => {
    expect(parsePsLine("  501   1 ttys003  Ss   Mon Nov  3 10:11:12 2025    ", session)).toEqual([
      { pid: 501, parent: 1, member: true, birth: "Mon Nov  3 10:11:12 2025" },
    ]);
  });

  it("knows members by their terminal", () => {
    expect(parsePsLine("501 1 ??  S    Mon Nov  3 10:11:12 2025", session)[0]?.member).toBe(false);
  });

  it("leaves out zombies and what is no process", () => {
    expect(parsePsLine("  501   1 ttys003  Z+   Mon Nov  3 10:11:12 2025", session)).toEqual([]);
    expect(parsePsLine("", session)).toEqual([]);
  });
});

describe("readProcessTable", () => {
  it("finds this process, its parent and when it began", async () => {
    const self = (await readProcessTable(session)).find(({ pid }) => pid === process.pid);
    expect(self).toMatchObject({ pid: process.pid, parent: process.ppid });
    expect(self?.birth).not.toBe("");
  });
});
