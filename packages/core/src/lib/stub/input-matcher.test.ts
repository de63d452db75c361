import type { InputRecord } from "@cassette/format";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInputMatcher } from "./input-matcher.js";
import type { InputComparison } from "./wanted-input.js";

const bytes = (text: string) => Buffer.from(text, "latin1");
const typed = (text: string, more: Partial<InputRecord> = {}): InputRecord => ({
  seq: 1,
  t_ms: 0,
  kind: "input",
  bytes: bytes(text),
  ...more,
});

/** What becomes of each record when all of `sent` has arrived, and what is left. */
function outcome(records: InputRecord[], sent: string, comparison?: InputComparison) {
  const matcher = createInputMatcher(comparison);
  matcher.arrive(bytes(sent));
  const met = records.map((record) => {
    const result = matcher.meet(record);
    return typeof result === "string" ? result : `differs at ${result.at}`;
  });
  return [...met, Buffer.from(matcher.unused()).toString("latin1")];
}

describe("createInputMatcher", () => {
  it("meets the recorded input in any pieces", () => {
    const cut = fc.array(fc.uint8Array({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(cut, cut, (recorded, pieces) => {
        const all = Buffer.concat(recorded);
        const matcher = createInputMatcher();
        const records = recorded.map((part) => typed(part.toString(), { bytes: part }));
        let next = 0;
        let at = 0;
        const proceed = () => {
          for (let record = records[next]; record; record = records[next]) {
            if (matcher.meet(record) !== "met") return;
            next++;
          }
        };
        for (const { length } of [...pieces, all]) {
          matcher.arrive(all.subarray(at, at + length));
          at += length;
          proceed();
        }
        // A reply to a query is passed over only where it was not recorded as typed.
        expect(next).toBe(records.length);
        expect(matcher.unused()).toHaveLength(0);
      }),
    );
  });

  it("names the first byte that differs", () => {
    expect(outcome([typed("ls\r")], "lx\r")).toEqual(["differs at 1", "lx\r"]);
    expect(outcome([typed("ls\r")], "ls\n")).toEqual(["differs at 2", "ls\n"]);
  });

  it("waits for more, and keeps what came early", () => {
    expect(outcome([typed("ab")], "a")).toEqual(["waiting", "a"]);
    expect(outcome([typed("a"), typed("b")], "abc")).toEqual(["met", "met", "c"]);
  });

  it("never waits for answers, resizes and signals", () => {
    const answer = typed("\x1b[?62;c", { answer: true });
    const resize: InputRecord = { seq: 1, t_ms: 0, kind: "resize", size: { Rows: 1, Cols: 1 } };
    const signal: InputRecord = { seq: 1, t_ms: 0, kind: "signal", signal: "SIGINT" };
    expect(outcome([answer, resize, signal, typed("q")], "q")).toEqual(["met", "met", "met", "met", ""]);
  });

  it("passes over answers, also another terminal's and amid what is typed", () => {
    const due = typed("\x1b[1;1R", { answer: true });
    expect(outcome([due, typed("ab")], "a\x1b[12;40Rb")).toEqual(["met", "met", ""]);
    expect(outcome([typed("ab")], "\x1b]11;rgb:0/0/0\x1b\\a\x1bP>|x\x1b\\b")).toEqual(["met", ""]);
    expect(outcome([typed("\x1b"), typed(":q")], "\x1b[?1;2c\x1b:q")).toEqual(["met", "met", ""]);
    expect(outcome([typed("ab")], "\x1b[?1")).toEqual(["waiting", "\x1b[?1"]);
  });

  it("takes a modified F3 for a key unless a cursor position is due", () => {
    expect(outcome([typed("a")], "\x1b[1;2Ra")).toEqual(["differs at 0", "\x1b[1;2Ra"]);
    expect(outcome([typed("\x1b[1;2R")], "\x1b[1;2R")).toEqual(["met", ""]);
  });

  it("takes a line of anything for what was withheld", () => {
    const withheld: InputRecord = { seq: 1, t_ms: 0, kind: "input", withheld: true };
    expect(outcome([withheld, typed("x")], "hunter2\rx")).toEqual(["met", "met", ""]);
    expect(outcome([withheld], "hunter2")).toEqual(["waiting", "hunter2"]);
  });

  it("takes any bytes of its length for what was masked", () => {
    expect(outcome([typed("k=****\r", { masked: [[2, 6]] })], "k=abcd\r")).toEqual(["met", ""]);
    expect(outcome([typed("k=****\r", { masked: [[2, 6]] })], "k=abc\r")).toEqual(["waiting", "k=abc\r"]);
  });

  it("does not care for line ends and brackets when normalised", () => {
    const comparison = { compare: "normalised" } as const;
    expect(outcome([typed("a\r"), typed("b\n")], "a\r\nb\r", comparison)).toEqual(["met", "met", ""]);
    expect(outcome([typed("\x1b[200~paste\x1b[201~")], "paste", comparison)).toEqual(["met", ""]);
    expect(outcome([typed("paste")], "\x1b[200~paste\x1b[201~", comparison).slice(0, 1)).toEqual(["met"]);
    expect(outcome([typed("ab")], "ax", comparison)[0]).toBe("differs at 1");
  });

  it("compares a line that holds what merely changes as its normaliser sees it", () => {
    const normalise = (text: string) => text.replace(/\d+:\d+/g, "<time>");
    const comparison = { compare: "normalised", normalise } as const;
    expect(outcome([typed("at 9:15\r")], "at 10:05\r", comparison)).toEqual(["met", ""]);
    expect(outcome([typed("at 9:15\r")], "by 10:05\r", comparison)[0]).toBe("differs at 0");
  });
});
