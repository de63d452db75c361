import { describe, expect, it } from "vitest";
import type { RecordingDifference } from "./compare-recordings.js";
import { gradeDifference } from "./grade-difference.js";

const NOTHING = { rows: [], size: null, cursor: null, title: null };
const screen = (parts: object): RecordingDifference => ({
  kind: "screen",
  after: { a: null, b: null },
  screen: { ...NOTHING, ...parts },
});
const row = (a: string, b: string, part = "text") => screen({ rows: [{ row: 1, part, a, b }] });

describe("gradeDifference", () => {
  it.each<[string, RecordingDifference, string]>([
    ["another exit", { kind: "exit", a: "status 0", b: "status 1" }, "error"],
    ["another key", { kind: "input", a: null, b: null }, "warning"],
    ["another argument", { kind: "manifest", field: "command.argv", a: "a", b: "b" }, "warning"],
    ["another version", { kind: "manifest", field: "harness.binary_version", a: "1", b: "2" }, "info"],
    ["another text", row("one", "two"), "info"],
    ["another style", row("one", "one", "style"), "info"],
    ["another title", screen({ title: { a: "one", b: "two" } }), "info"],
    ["a row that is new", row("", "two"), "warning"],
    ["a row that is gone", row("one", " "), "warning"],
    ["another size", screen({ size: { a: "80x24", b: "90x24" } }), "warning"],
    [
      "another row of the cursor",
      screen({ cursor: { a: "row 1, column 2", b: "row 2, column 2" } }),
      "warning",
    ],
    [
      "another column of the cursor",
      screen({ cursor: { a: "row 1, column 2", b: "row 1, column 9" } }),
      "info",
    ],
  ])("grades %s", (_, difference, grade) => {
    expect(gradeDifference(difference)).toBe(grade);
  });
});
