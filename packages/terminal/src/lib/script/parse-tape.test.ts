import { describe, expect, it } from "vitest";
import { parseTape } from "./parse-tape.js";

const actions = (text: string) => parseTape(text, "f.tape").steps.map(({ action }) => action);

describe("parseTape", () => {
  it("reads what is typed, pressed, pasted and waited for", () => {
    const tape = `# A demo
Output demo.gif
Require echo
Set Shell "bash"
Set FontSize 22
Set WaitTimeout 5s
Env GREETING "hello there"

Type "echo 'Hello'" Sleep 500ms Enter 2
Type@50ms \`echo "quoted"\`
Sleep 2
Wait
Wait+Screen@250ms /(?i)done|\\/usr/
Ctrl+C
Alt+x Down 3
Hide
Copy "some text"
Paste
Show
Source other.tape
Screenshot shot.png
`;
    expect(actions(tape)).toEqual([
      { kind: "type", text: "echo 'Hello'" },
      { kind: "sleep", ms: 500 },
      { kind: "press", keys: ["Enter", "Enter"] },
      { kind: "type", text: 'echo "quoted"' },
      { kind: "sleep", ms: 2_000 },
      { kind: "wait", for: { kind: "text", in: "line", pattern: />$/, timeoutMs: 5_000 } },
      { kind: "wait", for: { kind: "text", in: "screen", pattern: /done|\/usr/i, timeoutMs: 250 } },
      { kind: "press", keys: ["Ctrl+C"] },
      { kind: "press", keys: ["Alt+x"] },
      { kind: "press", keys: ["Down", "Down", "Down"] },
      { kind: "paste", text: "some text" },
      { kind: "include", path: "other.tape" },
    ]);
    const { env, losses, atEnd, steps } = parseTape(tape, "f.tape");
    expect({ env, atEnd }).toEqual({ env: { GREETING: "hello there" }, atEnd: "hangup" });
    expect(losses.map(({ line, what }) => `${line} ${what}`)).toEqual([
      "2 Output demo.gif",
      "3 Require echo",
      '4 Set Shell "bash"',
      "5 Set FontSize 22",
      "10 Type@50ms: the speed of typing",
      "16 Hide: a recording has no hidden part",
      "19 Show",
      "21 Screenshot shot.png",
    ]);
    expect(steps.map(({ line }) => line).slice(0, 4)).toEqual([9, 9, 9, 10]);
  });

  it.each([
    ["Typ 'a'", 1, "no command"],
    ["\nType", 2, "a text in quotes"],
    ['"text"', 1, "a command is expected"],
    ["Type 'open", 1, "a text in quotes"],
    ["Sleep soon", 1, "a duration"],
    ["Wait /(/", 1, "no regular expression"],
    ["Enter 99999", 1, "at most"],
    ["Env PATH /evil", 1, "PATH"],
    ["Set WaitPattern x", 1, "a /pattern/"],
  ])("refuses %j with its line", (text, line, message) => {
    const refused = expect.objectContaining({ code: "CASSETTE_SCRIPT_INVALID", line, file: "f.tape" });
    expect(() => parseTape(text, "f.tape")).toThrow(refused);
    expect(() => parseTape(text, "f.tape")).toThrow(message);
  });
});
