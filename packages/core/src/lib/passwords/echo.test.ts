import type { Screen } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { echoOf, hasCursorMoved } from "./echo.js";
import { findPromptField, type PromptField } from "./prompt-field.js";

function screen(rows: string[], at: { row?: number; col?: number; alternate?: boolean } = {}): Screen {
  const { row = 0, alternate = false } = at;
  const cursor = { Row: row, Col: at.col ?? (rows[row] ?? "").length, Visible: true };
  const text = rows.map((line) => line.trimEnd());
  return { size: { Rows: rows.length, Cols: 40 }, text, cursor, title: "", alternate };
}

function fieldOf(before: Screen): PromptField {
  const field = findPromptField(before);
  if (field === null) throw new Error("It shows no prompt.");
  return field;
}

function echo(before: Screen, now: Screen, typed: string) {
  return echoOf(fieldOf(before), before, now, typed);
}

describe("echoOf", () => {
  it.each([
    ["nothing", "Password: ", "none"],
    ["a mask", "Password: ***", "mask"],
    ["a mask of letters", "Password: xxx", "mask"],
    ["the keys", "Password: abc", "self"],
    ["something else", "Password: 1 of 3", "other"],
  ])("sees %s", (_what, row, expected) => {
    expect(echo(screen(["Password: ", ""]), screen([row, ""]), "abc")).toBe(expected);
  });

  it("does not take a counting number for a mask", () => {
    const before = screen(["password:", "", "1,1"], { row: 1, col: 0 });
    const field = { ...fieldOf(screen(["password: "])), row: 1, col: 0, label: "", otherRows: [0, 2] };
    expect(echoOf({ ...field, needsMask: true }, before, screen(["password:", "", "1,2"]), "j")).toBe(
      "other",
    );
  });

  it("waits for more where one sign may be a mask or the first key", () => {
    const before = screen(["Password: ", ""]);
    expect(echo(before, screen(["Password: '", ""]), "'token:'")).toBe("none");
    expect(echo(before, screen(["Password: *", ""]), "*bc")).toBe("none");
    expect(echo(before, screen(["Password: **", ""]), "*bc")).toBe("mask");
  });

  it("takes a sign that programs seldom mask with for a mask when there are two", () => {
    const before = screen(["Password: ", ""]);
    expect(echo(before, screen(["Password: :", ""]), "n&")).toBe("none");
    expect(echo(before, screen(["Password: ::", ""]), "n&")).toBe("mask");
    expect(echo(before, screen(["Password: x", ""]), "ab")).toBe("none");
  });

  it("does not take the prompt of a superuser's shell for a mask", () => {
    const before = screen(["Enter passphrase:", ""], { row: 1 });
    expect(echo(before, screen(["Enter passphrase:", "# "], { row: 1, col: 2 }), "h")).toBe("other");
    expect(echo(before, screen(["Enter passphrase:", "#"], { row: 1, col: 1 }), "h")).toBe("mask");
  });

  it("sees the keys on any row of an editor, but not below a prompt that prints them", () => {
    const rows = ["  token:      ", "PIN: 12"];
    const edited = screen(["PIN: 12", "  token: abc"], { alternate: true });
    expect(echo(screen(rows, { alternate: true }), edited, "abc")).toBe("self");
    expect(echo(screen(["Password: ", "", ""]), screen(["Password: ", "", "got abc"]), "abc")).toBe("none");
  });
});

describe("hasCursorMoved", () => {
  it("sees whether the cursor has left the field", () => {
    const before = screen(["Password: ", ""]);
    expect(hasCursorMoved(fieldOf(before), before)).toBe(false);
    expect(hasCursorMoved(fieldOf(before), screen(["Password: ", ""], { row: 1 }))).toBe(true);
  });
});
