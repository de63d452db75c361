import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createModeRestorer } from "./mode-restorer.js";

function watched(...pieces: string[]) {
  const modes = createModeRestorer(() => ({ rows: 24, cols: 25 }));
  for (const piece of pieces) modes.watch(Buffer.from(piece));
  return modes;
}
const restored = (...pieces: string[]) => watched(...pieces).restore();

/** The change, the sequence that undoes it, and the sequence that restores it if the program does not. */
const CHANGES: [string, string, string, string][] = [
  ["cursor keys", "\x1b[?1h", "\x1b[?1l", "\x1b[?1l"],
  ["reverse video", "\x1b[?5h", "\x1b[?5l", "\x1b[?5l"],
  ["origin mode", "\x1b[?6h", "\x1b[?6l", "\x1b[r\x1b[?6l\x1b[9999H\n"],
  ["wrapping", "\x1b[?7l", "\x1b[?7h", "\x1b[?7h"],
  ["left and right margins", "\x1b[?69h", "\x1b[?69l", "\x1b[?69l"],
  ["the mouse", "\x1b[?1003h", "\x1b[?1003l", "\x1b[?1003l"],
  ["focus", "\x1b[?1004h", "\x1b[?1004l", "\x1b[?1004l"],
  ["the cursor", "\x1b[?25l", "\x1b[?25h", "\x1b[?25h"],
  ["an old alternate screen", "\x1b[?47h", "\x1b[?47l", "\x1b[?47l"],
  ["an alternate screen", "\x1b[?1047h", "\x1b[?1047l", "\x1b[?1047l"],
  ["pastes", "\x1b[?2004h", "\x1b[?2004l", "\x1b[?2004l"],
  ["synchronised output", "\x1b[?2026h", "\x1b[?2026l", "\x1b[?2026l"],
  ["the keyboard's lock", "\x1b[2h", "\x1b[2l", "\x1b[2l"],
  ["insert mode", "\x1b[4h", "\x1b[4l", "\x1b[4l"],
  ["local echo", "\x1b[12l", "\x1b[12h", "\x1b[12h"],
  ["line feeds", "\x1b[20h", "\x1b[20l", "\x1b[20l"],
  ["the scroll region", "\x1b[3;9r", "\x1b[r", "\x1b7\x1b[r\x1b8"],
  ["the scroll region, by size", "\x1b[3;9r", "\x1b[1;24r", "\x1b7\x1b[r\x1b8"],
  ["the keypad", "\x1b=", "\x1b>", "\x1b>"],
  ["the keypad, by mode", "\x1b[?66h", "\x1b>", "\x1b[?66l"],
  ["a keyboard", "\x1b[>5u", "\x1b[<u", "\x1b[<u"],
  ["keyboard flags", "\x1b[=3;1u", "\x1b[=0;1u", "\x1b[=0u"],
  ["other keys", "\x1b[>4;2m", "\x1b[>4m", "\x1b[>4m"],
  ["other keys, as vim leaves them", "\x1b[>4;2m", "\x1b[>4;m", "\x1b[>4m"],
  ["other keys, switched off", "\x1b[>4n", "\x1b[>4m", "\x1b[>4m"],
  ["the graphics set", "\x1b(0", "\x1b(B", "\x1b(B"],
  ["a second set", "\x1b)0", "\x1b)B", "\x1b)B"],
  ["a 96-character set", "\x1b-A", "\x1b)B", "\x1b)B"],
  ["the shift", "\x0e", "\x0f", "\x0f"],
  ["the encoding", "\x1b%@", "\x1b%G", "\x1b%G"],
  ["a link", "\x1b]8;id=1;https://example.org\x07", "\x1b]8;;\x07", "\x1b]8;;\x1b\\"],
  ["the cursor's shape", "\x1b[5 q", "\x1b[0 q", "\x1b[0 q"],
  ["a title on the stack", "\x1b[22;2t", "\x1b[23;2t", "\x1b[23;2t"],
  ["a colour", "\x1b]4;1;#fff\x07", "\x1b]104;1\x07", "\x1b]104;1\x1b\\"],
  ["a colour, by all", "\x1b]4;1;#fff\x1b\\", "\x1b]104\x07", "\x1b]104;1\x1b\\"],
  ["the background", "\x1b]11;#fff\x1b\\", "\x1b]111\x1b\\", "\x1b]111\x1b\\"],
  ["the cursor's colour", "\x1b]12;red\x07", "\x1b]112;\x07", "\x1b]112\x1b\\"],
  ["the pointer", "\x1b]22;text\x07", "\x1b]22;\x07", "\x1b]22;\x1b\\"],
  ["progress", "\x1b]9;4;1;50\x07", "\x1b]9;4;0\x07", "\x1b]9;4;0\x1b\\"],
  ["tab stops", "\x1b[3g", "\x1b[?5W", "\x1b7\x1b[9G\x1bH\x1b[17G\x1bH\x1b[25G\x1bH\x1b8"],
  ["the printer", "\x1b[5i", "\x1b[4i", "\x1b[4i"],
];
const RESET = "\x1b[m";

describe("createLeftModes", () => {
  it.each(CHANGES)("puts %s back, unless the program does", (_, change, back, undo) => {
    expect(restored(`text${change}more`)).toBe(`${undo}${RESET}`);
    expect(restored(change, "text", back)).toBe("");
    expect(restored(...change)).toBe(`${undo}${RESET}`);
    expect(restored(...`${change}${back}`)).toBe("");
  });

  it.each(
    CHANGES.filter(
      ([what]) => !what.startsWith("an") && !/title|colour|link|progress|pointer|printer|back/.test(what),
    ),
  )("takes a reset for one of %s", (_, change) => {
    expect(restored(change, "\x1bc")).toBe("");
  });

  it.each([
    ["\x1b[31m", "\x1b[m"],
    ["\x1b[31m", "\x1b[0m"],
    ["\x1b[1;38;5;9;4mx", "\x1b[22;24;39m"],
    ["\x1b[48;2;1;0;3m\x1b[7m", "\x1b[27m\x1b[49m"],
    ["\x1b[4:3;58:2::1:2:3m", "\x1b[4:0;59m"],
  ])("puts attributes back, unless the program does: %j", (set, back) => {
    expect(restored(set)).toBe(RESET);
    expect(restored(set, back)).toBe("");
  });

  it("restores the last change first, so that the state of each screen is restored on that screen", () => {
    expect(restored("\x1b[>1u\x1b[?1049h\x1b[>7u\x1b[2;5r\x1b[?25l")).toBe(
      `\x1b[?25h\x1b7\x1b[r\x1b8\x1b[<u\x1b[?1049l\x1b[<u${RESET}`,
    );
  });

  it("counts keyboards and titles on their stacks", () => {
    expect(restored("\x1b[>1u\x1b[>5u\x1b[>7u\x1b[<2u")).toBe(`\x1b[<u${RESET}`);
    expect(restored("\x1b[22t\x1b[22;1t\x1b[23t")).toBe(`\x1b[23;0t${RESET}`);
  });

  it("tracks modes that are saved and restored", () => {
    expect(restored("\x1b[?1001s\x1b[?1001h", "\x1b[?1001r")).toBe("");
    expect(restored("\x1b[?1h\x1b[?1s\x1b[?1l", "\x1b[?1r")).toBe(`\x1b[?1l${RESET}`);
    expect(restored("\x1b[?25r")).toBe("");
  });

  it.each([
    ["a question for a colour", "\x1b]11;?\x07\x1b]4;7;?\x07\x1b]22;?__current__\x07"],
    ["a notification", "\x1b]9;done\x07"],
    ["a title, for which there is no way back", "\x1b]0;title\x07"],
    ["text like a sequence", "[?1049h ]8;;x"],
    ["a restored screen", "\x1b[?1049h\x1b[?25l\x1b[?2004h text \x1b[?2004l\x1b[?25h\x1b[?1049l"],
  ])("leaves a terminal alone after %s", (_, output) => {
    expect(restored(output)).toBe("");
  });

  it("ends a sequence in which the output stops", () => {
    expect(restored("\x1b]0;half a ti")).toBe("\x18\x1b\\");
    expect(restored(`\x1bPq${"x".repeat(100_000)}`)).toBe("\x18\x1b\\");
    expect(restored("\x1b[?1049h\x1b[3")).toBe(`\x18\x1b\\\x1b[?1049l${RESET}`);
    expect(restored(`\x1b]52;c;${"x".repeat(100_000)}`, "xx\x1b", "\\")).toBe("");
  });

  it("reverses all attributes again", () => {
    const modes = watched(
      "\x1b[?1049h\x1b[?25l\x1b[1;31mx\x1b[22m\x1b[?1h\x1b[?1l\x1b]4;1;#fff;2;?;3;#000\x07",
    );
    expect(modes.isOnOtherScreen).toBe(true);
    expect(modes.reapply()).toBe("\x1b[?1049h\x1b[?25l\x1b]4;1;#fff\x1b\\\x1b]4;3;#000\x1b\\\x1b[31m");
  });

  it("sees the same in whatever pieces output arrives", () => {
    const part = fc.constantFrom(
      ...[
        "\x1b[1;31m",
        "\x1b[m",
        "\x1b[0m",
        "\x1b[48;5;7m",
        "\x1b[4:3m",
        "text ",
        "m",
        "\x0e",
        "\x0f",
        "\u009b4m",
      ],
      ...["\x1b[?25l", "\x1b[>4;2m", "\x1b]8;;m\x07", "\x1b]0;m", "\x1b[", "\x1b", "\x1b[3\x18", "\x1b[3\nm"],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.array(fc.nat(9)), (parts, cuts) => {
        const text = parts.join("");
        const pieces: string[] = [];
        let at = 0;
        for (const cut of [...cuts, text.length]) {
          pieces.push(text.slice(at, at + cut));
          at += cut;
        }
        const [whole, bySign] = [watched(...pieces), watched(...text)];
        expect([whole.restore(), whole.reapply()]).toEqual([bySign.restore(), bySign.reapply()]);
        expect(whole.mayHaveAsked).toBe(bySign.mayHaveAsked);
      }),
      { numRuns: 2_000 },
    );
  });

  it("knows when nothing was asked of the terminal", () => {
    expect(watched("plain \x1b[1;31mred\x1b[0m\r\n").mayHaveAsked).toBe(false);
    for (const asked of ["\x1b[6n", "\x1b[c", "\x1bP+q544e\x1b\\", "\x1b]11;?\x07", "\x1b["])
      expect(watched(`red\x1b[31m${asked}`).mayHaveAsked).toBe(true);
  });
});
