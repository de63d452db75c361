import type { InputRecord, OutputRecord } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { addAhead, addPrinted, createTypedAhead } from "./typed-ahead.js";

/** Types lines at once and prints the reads half a second later. @returns whether a prompt has read a line. */
function isRead(lines: string[], reads: string[]): boolean {
  const ahead = createTypedAhead();
  for (const line of lines)
    addAhead(ahead, { seq: 1, t_ms: 0, kind: "input", bytes: Buffer.from(`${line}\r`) } as InputRecord, 0);
  const print = (text: string, t_ms: number) =>
    addPrinted(ahead, { record: {} as OutputRecord, bytes: Buffer.from(text) }, t_ms);
  print(lines.map((line) => `${line}\r\n`).join(""), 1);
  return reads.map((text) => print(text, 500)).some((isAnswered) => isAnswered);
}

describe("addPrinted", () => {
  it.each([
    ["a prompt, then its end", ["Password:", "\r\nwelcome\r\n"]],
    ["both in one read", ["Password: \r\nwelcome\r\n"]],
    ["a mask", ["Enter key: *****\r\nok"]],
    [
      "a field that is drawn again",
      ["login\r\nEnter your password\r\n  _\r\n", "password\r\n  ▪▪▪▪▪▪▪▪_\r\nok\r\n"],
    ],
  ])("sees that a line was read by %s", (_what, reads) => {
    expect(isRead(["hunter2X"], reads)).toBe(true);
  });

  it("sees that two lines were read by a prompt and its repetition", () => {
    expect(isRead(["hunter2X", "hunter2X"], ["New password: \r\nAgain, the password: \r\n"])).toBe(true);
  });

  it("does not infer from its output that a command reads", () => {
    expect(isRead(["echo 'password: '"], ["password: \r\n$ "])).toBe(false);
  });

  it.each([
    ["a line of a file", ["password:\r\nuser:\r\n"]],
    ["many of them", ["PIN: \r\nPassword: \r\nkey: \r\n"]],
    ["a prompt that waits", ["Password: "]],
    ["a shell that shows the line again", ["$ hunter2X\r\nPassword: \r\n"]],
  ])("does not consider a line read by %s", (_what, reads) => {
    expect(isRead(["hunter2X"], reads)).toBe(false);
  });
});
