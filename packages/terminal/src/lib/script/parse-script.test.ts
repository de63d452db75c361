import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseScript, STEP_NAMES } from "./parse-script.js";

const actions = (text: string) => parseScript(text, "s.yaml").map((step) => step.action);

describe("parseScript", () => {
  it("reads a file that begins with a mark of its byte order", () => {
    expect(actions("\ufeff- type: a\n- type: b\n")).toHaveLength(2);
  });

  it("reads every step, from YAML", () => {
    const text = [
      "- wait: ready",
      "- wait: /o+k$/i",
      "- wait: { line: /^\\$ /, timeoutMs: 2s }",
      "- wait: { settledMs: 250, timeoutMs: 1000 }",
      "- expect: { screen: done }",
      "- type: echo hi",
      "- secret: DB_PASSWORD",
      "- press: Enter",
      "- press: [C-c, Up]",
      "- paste: |",
      "    two",
      "    lines",
      "- resize: 100x30",
      "- sleep: 1.5s",
      "- mark: half way",
      "- signal: SIGTERM",
      "- hangup",
    ].join("\n");
    expect(actions(text)).toEqual([
      { kind: "wait", for: { kind: "text", in: "screen", pattern: "ready" } },
      { kind: "wait", for: { kind: "text", in: "screen", pattern: /o+k$/i } },
      { kind: "wait", for: { kind: "text", in: "line", pattern: /^\$ /, timeoutMs: 2_000 } },
      { kind: "wait", for: { kind: "settled", settledMs: 250, timeoutMs: 1_000 } },
      { kind: "expect", for: { kind: "text", in: "screen", pattern: "done" } },
      { kind: "type", text: "echo hi" },
      { kind: "secret", variable: "DB_PASSWORD" },
      { kind: "press", keys: ["Enter"] },
      { kind: "press", keys: ["C-c", "Up"] },
      { kind: "paste", text: "two\nlines\n" },
      { kind: "resize", size: { rows: 30, cols: 100 } },
      { kind: "sleep", ms: 1_500 },
      { kind: "mark", label: "half way" },
      { kind: "signal", name: "SIGTERM" },
      { kind: "hangup" },
    ]);
  });

  it("reads JSON alike", () => {
    expect(actions('[{"type": "a"}, {"sleep": 5}]')).toEqual([
      { kind: "type", text: "a" },
      { kind: "sleep", ms: 5 },
    ]);
  });

  it.each([
    ["- wait: a\n- tpye: x", 2, 'Step 2: "tpye" is not a step'],
    ["- wait: [a]", 1, "Step 1: wait: a condition is a text, a /regular expression/ or a map."],
    ["- expect: {settledMs: 3}", 1, "Step 1: expect looks for text"],
    ["- wait: {line: /(/}", 1, "Step 1: line: Invalid regular expression"],
    ["- {wait: a, type: b}", 1, "Step 1: a step has exactly one key."],
    ["wait: a", 1, "A script is a list"],
    ["- wait: a\n-  [1", 2, "neither YAML nor JSON"],
    ["- wait: a\n- type: @x", 2, "at column 9: Plain value cannot start with reserved character @."],
    ["- sleep: soon", 1, "Step 1: sleep: a duration is a number"],
    ["- sleep: 25d", 1, "Step 1: sleep: a duration is at most 24d."],
    ["- sleep: 9000000000", 1, "Step 1: sleep: a duration is at most 24d."],
    ["- resize: big", 1, "Step 1: resize: a window size is COLSxROWS"],
    ["- resize: 0x24", 1, "Step 1: resize: a window size is COLSxROWS"],
    ["- wait: /(/", 1, "Step 1: wait: Invalid regular expression"],
    ["- wait: ''", 1, "Step 1: wait: an empty text"],
    ["- wait: {screen: a, line: b}", 1, "Step 1: a condition has one of"],
    ["- wait: {screen: a, timeout: 3}", 1, 'Step 1: "timeout" is no key of a condition; it has screen'],
    ["- type: {a: 1}", 1, "Step 1: type: a text is expected."],
    ["- constructor: x", 1, 'Step 1: "constructor" is not a step'],
  ])("refuses %j at line %i", (text, line, message) => {
    expect(() => parseScript(text, "s.yaml")).toThrow(
      expect.objectContaining({
        code: "CASSETTE_SCRIPT_INVALID",
        file: "s.yaml",
        line,
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe("docs/scripts.md", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../../../docs/scripts.md"), "utf8");
  const [, example = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];

  it("shows every step, in a script that can be parsed", () => {
    const kinds = parseScript(example, "scripts.md").map(({ action }) => action.kind);
    expect(new Set(kinds)).toEqual(new Set(STEP_NAMES));
  });
});
