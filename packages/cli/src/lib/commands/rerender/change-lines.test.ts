import { describe, expect, it } from "vitest";
import { changeLines, rangesIn } from "./change-lines.js";

const OLD = { name: "term", version: "1" };
const NEW = { name: "term", version: "2" };

describe("changeLines", () => {
  it("says what changed, where, and from which version", () => {
    const changed = [
      { seq: 7, t_ms: 1_500, frame: 2, parts: ["text" as const, "cursor" as const], rows: [0, 2, 3] },
    ];
    expect(changeLines("a\x1b", { from: OLD, to: NEW, frames: 3, changed, changedCount: 1 })).toEqual([
      "changed a\\e 1 of 3 frames, from term@1 to term@2",
      "  record 7 at 1.500s: text, cursor; rows 1, 3-4",
    ]);
  });

  it("names versions of the same screens only where they differ, and counts what it does not list", () => {
    const same = { frames: 3, changed: [], changedCount: 0 };
    expect(changeLines("a", { from: OLD, to: OLD, ...same })).toEqual(["same a 3 frames"]);
    expect(changeLines("a", { from: OLD, to: NEW, ...same })).toEqual([
      "same a 3 frames, from term@1 to term@2",
    ]);
    const changed = Array.from({ length: 30 }, (_, seq) => ({
      seq,
      t_ms: 0,
      frame: seq,
      parts: [],
      rows: [],
    }));
    expect(changeLines("a", { from: OLD, to: NEW, frames: 90, changed, changedCount: 80 }).at(-1)).toBe(
      "  and 60 more",
    );
  });
});

describe("rangesIn", () => {
  it("joins neighbours", () => {
    expect(rangesIn([1, 2, 3, 7, 9, 10])).toBe("1-3, 7, 9-10");
  });
});
