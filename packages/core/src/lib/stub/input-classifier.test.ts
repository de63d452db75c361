import { describe, expect, it } from "vitest";
import { createInputClassifier } from "./input-classifier.js";

const bytes = (text: string) => Buffer.from(text, "latin1");

/** How the pieces are classified, in short: `answer <ESC>[0n`. */
function classified(...pieces: string[]): string[] {
  const classifier = createInputClassifier(["\x1c", "\x1b[92;5u"]);
  const all = [...pieces.flatMap((piece) => classifier.take(bytes(piece))), ...classifier.flush()];
  return all.map(
    (piece) => `${piece.kind} ${Buffer.from(piece.bytes).toString("latin1").replaceAll("\x1b", "<ESC>")}`,
  );
}

describe("createInputClassifier", () => {
  it.each([
    ["DA1", "\x1b[?64;1;2;22c"],
    ["DA2", "\x1b[>1;10;0c"],
    ["status", "\x1b[0n"],
    ["position", "\x1b[12;40R"],
    ["position at the top left", "\x1b[1;1R"],
    ["position with a page", "\x1b[?12;40;1R"],
    ["mode", "\x1b[?2026;2$y"],
    ["kitty's keyboard", "\x1b[?1u"],
    ["window size", "\x1b[8;24;80t"],
    ["focus", "\x1b[I"],
    ["version", "\x1bP>|XTerm(390)\x1b\\"],
    ["capability", "\x1bP1+r544e=787465726d\x1b\\"],
    ["colour", "\x1b]11;rgb:0000/0000/0000\x07"],
    ["palette", "\x1b]4;1;rgb:ffff/0000/0000\x1b\\"],
  ])("knows an answer: %s", (_, answer) => {
    const shown = answer.replaceAll("\x1b", "<ESC>");
    expect(classified(answer)).toEqual([`answer ${shown}`]);
    expect(classified(`ls${answer}\r`)).toEqual(["typed ls", `answer ${shown}`, "typed \r"]);
    const halves = [answer.slice(0, 4), answer.slice(4)];
    expect(classified(...halves)).toEqual([`answer ${shown}`]);
  });

  it.each([
    ["a letter", "q"],
    ["Escape", "\x1b"],
    ["an arrow", "\x1b[A"],
    ["Alt with a letter", "\x1bx"],
    ["Shift+F3", "\x1b[1;2R"],
    ["F5", "\x1b[15~"],
    ["Ctrl+Right", "\x1b[1;5C"],
    ["a mouse", "\x1b[<0;10;5M"],
    ["a paste", "\x1b[200~text\x1b[201~"],
    ["kitty's letter", "\x1b[97;5u"],
    ["Alt with a bracket", "\x1b["],
  ])("knows a key: %s", (_, key) => {
    expect(classified(key)).toEqual([`typed ${key.replaceAll("\x1b", "<ESC>")}`]);
  });

  it("passes keys on at once that only resemble the start of an answer", () => {
    const classifier = createInputClassifier();
    expect(classifier.take(bytes("\x1b"))).toHaveLength(1);
    expect(classifier.held).toHaveLength(0);
    expect(classifier.take(bytes("\x1b[A"))).toHaveLength(1);
    expect(classifier.held).toHaveLength(0);
  });

  it("takes the keys for marks out of what was typed", () => {
    expect(classified("ab\x1ccd\x1b[92;5u")).toEqual([
      "typed ab",
      "mark \x1c",
      "typed cd",
      "mark <ESC>[92;5u",
    ]);
  });

  it("does not hold bytes back for ever", () => {
    const classifier = createInputClassifier();
    const long = `\x1b]11;${"x".repeat(10_000)}`;
    expect(classifier.take(bytes(long))[0]?.bytes).toHaveLength(long.length);
  });
});
