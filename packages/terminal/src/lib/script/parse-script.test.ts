import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseScript, STEP_NAMES } from "./parse-script.js";

const actions = (text: string) => parseScript(text, "s.yaml").steps.map((step) => step.action);

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

  it("reads what is optional, repeated, included, and waited for to the end", () => {
    const text = [
      "size: 100x30",
      "env: { LANG: C, COUNT: 3 }",
      "atEnd: hangup",
      "steps:",
      "  - { press: q, optional: true }",
      "  - repeat:",
      "      times: 2",
      "      steps: [{ press: j }]",
      "  - include: common/login.yaml",
      "  - wait: { ended: true, timeoutMs: 2s }",
    ].join("\n");
    expect(parseScript(text, "s.yaml")).toEqual({
      size: { rows: 30, cols: 100 },
      env: { LANG: "C", COUNT: "3" },
      atEnd: "hangup",
      steps: [
        { number: 1, line: 5, isOptional: true, action: { kind: "press", keys: ["q"] } },
        {
          number: 2,
          line: 6,
          isOptional: false,
          action: {
            kind: "repeat",
            times: 2,
            steps: [{ number: 1, line: 8, isOptional: false, action: { kind: "press", keys: ["j"] } }],
          },
        },
        { number: 3, line: 9, isOptional: false, action: { kind: "include", path: "common/login.yaml" } },
        {
          number: 4,
          line: 10,
          isOptional: false,
          action: { kind: "wait", for: { kind: "ended", timeoutMs: 2_000 } },
        },
      ],
    });
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
    ["- {wait: a, type: b}", 1, "Step 1: a step has exactly one key"],
    ["wait: a", 1, "A script is a list"],
    ["- wait: a\n-  [1", 2, "neither YAML nor JSON"],
    ["- wait: a\n- type: @x", 2, "at column 9: Plain value cannot start with reserved character @."],
    ["steps: []\natend: wait", 2, '"atend" is no key of a script'],
    ["atEnd: stop\nsteps: []", 1, "atEnd: atEnd is wait, hangup, kill or fail."],
    ["steps: 3", 1, "steps is a list."],
    ["- repeat: { times: 0, steps: [] }", 1, "Step 1: times is a whole number"],
    ["- repeat: { steps: [] }", 1, "Step 1: repeat has times and steps."],
    [
      "- repeat:\n    times: 2\n    steps:\n      - wait: a\n      - wiat: b",
      5,
      'Step 2: "wiat" is not a step',
    ],
    ["- { press: q, optional: maybe }", 1, "Step 1: optional is true or false."],
    ["- wait: { ended: false }", 1, "Step 1: ended: the end is waited for"],
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
    const kinds = parseScript(example, "scripts.md").steps.map(({ action }) => action.kind);
    expect(new Set(kinds)).toEqual(new Set(STEP_NAMES));
  });

  it.each(["PATH", "LD_PRELOAD", "DYLD_INSERT_LIBRARIES", "NODE_OPTIONS", "BASH_ENV"])(
    "refuses the variable %s, which chooses programs",
    (name) => {
      expect(() => parseScript(`env: { ${name}: evil }\nsteps: []\n`, "f")).toThrow(
        expect.objectContaining({ code: "CASSETTE_SCRIPT_INVALID", line: 1 }),
      );
      expect(parseScript(`env: { MY_${name}: fine }\nsteps: []\n`, "f").env).toEqual({
        [`MY_${name}`]: "fine",
      });
    },
  );
});
