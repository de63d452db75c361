import { describe, expect, it } from "vitest";
import { feed } from "../../../../test/feed.js";
import { createXtermEmulator } from "../../emulator/xterm-emulator.js";

const ask = async (...questions: string[]) => {
  const emulator = createXtermEmulator({ rows: 24, cols: 80 });
  await feed(emulator, ...questions);
  return emulator.takeReplies().map((reply) => Buffer.from(reply).toString("latin1"));
};
const hex = (text: string) => Buffer.from(text).toString("hex").toUpperCase();

describe("takeReplies", () => {
  it.each([
    ["DA1", "\x1b[c", "\x1b[?1;2c"],
    ["DA1 with a zero", "\x1b[0c", "\x1b[?1;2c"],
    ["DA2", "\x1b[>c", "\x1b[>0;276;0c"],
    ["DA3", "\x1b[=c", "\x1bP!|00000000\x1b\\"],
    ["DSR", "\x1b[5n", "\x1b[0n"],
    ["CPR", "\x1b[3;7H\x1b[6n", "\x1b[3;7R"],
    ["CPR while waiting to wrap", `${"x".repeat(80)}\x1b[6n`, "\x1b[1;80R"],
    ["DECXCPR", "\x1b[3;7H\x1b[?6n", "\x1b[?3;7R"],
    ["DECRQM of synchronised output", "\x1b[?2026$p", "\x1b[?2026;2$y"],
    ["DECRQM of bracketed paste", "\x1b[?2004h\x1b[?2004$p", "\x1b[?2004;1$y"],
    ["DECRQM of the cursor", "\x1b[?25l\x1b[?25$p", "\x1b[?25;2$y"],
    ["DECRQM of the cursor after a reset", "\x1b[?25l\x1bc\x1b[?25$p", "\x1b[?25;1$y"],
    ["DECRQM of an ANSI mode", "\x1b[4$p", "\x1b[4;2$y"],
    ["CPR in origin mode", "\x1b[3;8r\x1b[?6h\x1b[2;5H\x1b[6n", "\x1b[2;5R"],
    ["DECXCPR in origin mode", "\x1b[3;8r\x1b[?6h\x1b[2;5H\x1b[?6n", "\x1b[?2;5R"],
    ["DECDSR of the printer", "\x1b[?15n", "\x1b[?13n"],
    ["DECDSR of defined keys", "\x1b[?25n", "\x1b[?20n"],
    ["DECDSR of the keyboard", "\x1b[?26n", "\x1b[?27;1n"],
    ["DECDSR of the locator", "\x1b[?55n", "\x1b[?50n"],
    ["DECDSR of the locator's kind", "\x1b[?56n", "\x1b[?57;0n"],
    ["DECDSR of room for macros", "\x1b[?62n", "\x1b[0*{"],
    ["DECDSR of the macros' checksum", "\x1b[?63;123n", "\x1bP123!~0000\x1b\\"],
    ["DECDSR of what was sent", "\x1b[?75n", "\x1b[?70n"],
    ["DECDSR of sessions", "\x1b[?85n", "\x1b[?83n"],
    ["DECRQCRA of a cell", "AB\x1b[7;1;1;1;1;1*y", "\x1bP7!~FFBF\x1b\\"],
    ["DECRQCRA of styles", "\x1b[1mA\x1b[7;1;1;1;1;1*y", "\x1bP7!~FF3F\x1b\\"],
    ["DECRQCRA of empty cells", "AB\x1b[7;1;1;1;1;3*y", "\x1bP7!~FF5D\x1b\\"],
    ["DECRQM of the inverse screen", "\x1b[?5h\x1b[?5$p", "\x1b[?5;1$y"],
    ["DECRQM of repeating keys", "\x1b[?8$p", "\x1b[?8;1$y"],
    ["DECRQM of repeating keys after a reset", "\x1b[?8l\x1bc\x1b[?8$p", "\x1b[?8;1$y"],
    ["DECRQM of the locked keyboard", "\x1b[2h\x1b[2$p", "\x1b[2;1$y"],
    ["DECRQM of an obsolete mode", "\x1b[5$p", "\x1b[5;4$y"],
    ["DECRQSS of the cursor's shape", "\x1b[4 q\x1bP$q q\x1b\\", "\x1bP1$r4 q\x1b\\"],
    ["DECRQSS of a blinking bar", "\x1b[5 q\x1bP$q q\x1b\\", "\x1bP1$r5 q\x1b\\"],
    ["DECRQSS of the rows", "\x1bP$qt\x1b\\", "\x1bP1$r24t\x1b\\"],
    ["DECRQM of an unknown mode", "\x1b[?9999$p", "\x1b[?9999;0$y"],
    ["DECRQSS of the margins", "\x1b[2;9r\x1bP$qr\x1b\\", "\x1bP1$r2;9r\x1b\\"],
    ["DECRQSS of no style", "\x1b[1;31;44m\x1b[m\x1bP$qm\x1b\\", "\x1bP1$r0m\x1b\\"],
    ["DECRQSS of styles", "\x1b[1;2;3;5;7;8;9;53m\x1bP$qm\x1b\\", "\x1bP1$r0;1;2;3;5;7;8;9;53m\x1b\\"],
    ["DECRQSS of an underline", "\x1b[4m\x1bP$qm\x1b\\", "\x1bP1$r0;4m\x1b\\"],
    ["DECRQSS of a curly underline", "\x1b[4:3m\x1bP$qm\x1b\\", "\x1bP1$r0;4:3m\x1b\\"],
    ["DECRQSS of colours", "\x1b[31;104m\x1bP$qm\x1b\\", "\x1bP1$r0;31;104m\x1b\\"],
    [
      "DECRQSS of palette colours",
      "\x1b[38;5;208;48;5;17m\x1bP$qm\x1b\\",
      "\x1bP1$r0;38:5:208;48:5:17m\x1b\\",
    ],
    ["DECRQSS of true colours", "\x1b[48:2::1:2:3m\x1bP$qm\x1b\\", "\x1bP1$r0;48:2::1:2:3m\x1b\\"],
    [
      "DECRQSS of true colours without colour space",
      "\x1b[38:2:1:2:3m\x1bP$qm\x1b\\",
      "\x1bP1$r0;38:2::1:2:3m\x1b\\",
    ],
    ["DECRQSS of anything unknown", "\x1bP$qz\x1b\\", "\x1bP0$r\x1b\\"],
    ["XTVERSION", "\x1b[>q", "\x1bP>|xterm.js(6.0.0)\x1b\\"],
    ["XTGETTCAP", `\x1bP+q${hex("Co")}\x1b\\`, `\x1bP1+r${hex("Co")}=${hex("256")}\x1b\\`],
    ["XTGETTCAP of anything unknown", `\x1bP+q${hex("constructor")}\x1b\\`, "\x1bP0+r\x1b\\"],
    ["OSC 4", "\x1b]4;1;?\x07", "\x1b]4;1;rgb:cdcd/0000/0000\x07"],
    ["OSC 4 in the cube", "\x1b]4;110;?\x07", "\x1b]4;110;rgb:8787/afaf/d7d7\x07"],
    ["OSC 4 in the greys", "\x1b]4;255;?\x07", "\x1b]4;255;rgb:eeee/eeee/eeee\x07"],
    ["OSC 10", "\x1b]10;?\x1b\\", "\x1b]10;rgb:e5e5/e5e5/e5e5\x1b\\"],
    ["OSC 11", "\x1b]11;?\x1b\\", "\x1b]11;rgb:0000/0000/0000\x1b\\"],
    ["the kitty keyboard query", "\x1b[?u", "\x1b[?0u"],
    ["the window's size in pixels", "\x1b[14t", "\x1b[4;384;640t"],
    ["a cell's size", "\x1b[16t", "\x1b[6;16;8t"],
    ["the size in characters", "\x1b[18t", "\x1b[8;24;80t"],
    ["the largest size", "\x1b[19t", "\x1b[9;24;80t"],
  ])("answers %s", async (_name, question, answer) => {
    expect(await ask(question)).toEqual([answer]);
  });

  it("answers several questions in order", async () => {
    expect(await ask("\x1b]10;?;?\x07\x1b]4;0;?;1;red;2;?\x07", "\x1b[", "c")).toEqual([
      "\x1b]10;rgb:e5e5/e5e5/e5e5\x07",
      "\x1b]11;rgb:0000/0000/0000\x07",
      "\x1b]4;0;rgb:0000/0000/0000\x07",
      "\x1b]4;2;rgb:0000/cdcd/0000\x07",
      "\x1b[?1;2c",
    ]);
  });

  it.each([
    ["a title of the same bytes", "\x1b]2;t?\x07\x1b]11;?\x1b\\", "\x1b]11;rgb:0000/0000/0000\x1b\\"],
    ["in pieces", "\x1b]11;|?|\x07", "\x1b]11;rgb:0000/0000/0000\x07"],
    ["with an escape sequence after it", "\x1b]11;?\x07\x1b[5n", "\x1b]11;rgb:0000/0000/0000\x07\x1b[0n"],
  ])("ends an answer as its question ends: %s", async (_name, question, answer) => {
    expect((await ask(...question.split("|"))).join("")).toBe(answer);
  });

  it.each([
    ["OSC 11", "\x1b]11;#102030\x1b\\\x1b]11;?\x1b\\", "\x1b]11;rgb:1010/2020/3030\x1b\\"],
    ["OSC 10 with few digits", "\x1b]10;rgb:f/0/8\x1b\\\x1b]10;?\x1b\\", "\x1b]10;rgb:ffff/0000/8888\x1b\\"],
    [
      "OSC 10 and 11 at once",
      "\x1b]10;#111;#222222\x1b\\\x1b]11;?\x1b\\",
      "\x1b]11;rgb:2222/2222/2222\x1b\\",
    ],
    ["OSC 4", "\x1b]4;1;#fff;2;rgb:01/02/03\x1b\\\x1b]4;2;?\x1b\\", "\x1b]4;2;rgb:0101/0202/0303\x1b\\"],
    [
      "OSC 4 after OSC 104",
      "\x1b]4;1;#fff\x1b\\\x1b]104;1\x1b\\\x1b]4;1;?\x1b\\",
      "\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    ],
    [
      "OSC 11 after OSC 111",
      "\x1b]11;#fff\x1b\\\x1b]111\x1b\\\x1b]11;?\x1b\\",
      "\x1b]11;rgb:0000/0000/0000\x1b\\",
    ],
    [
      "OSC 11 after a full reset",
      "\x1b]11;#fff\x1b\\\x1bc\x1b]11;?\x1b\\",
      "\x1b]11;rgb:0000/0000/0000\x1b\\",
    ],
    [
      "OSC 11 after what is no colour",
      "\x1b]11;rm -rf\x1b\\\x1b]11;?\x1b\\",
      "\x1b]11;rgb:0000/0000/0000\x1b\\",
    ],
  ])("answers with the colours that were set: %s", async (_name, question, answer) => {
    expect(await ask(question)).toEqual([answer]);
  });

  it("spends little time on checksums whose answers are not taken", async () => {
    const emulator = createXtermEmulator({ rows: 500, cols: 500 });
    await feed(emulator, "\x1b[1;1*y".repeat(5_000));
    expect(emulator.takeReplies().length).toBeLessThan(50);
    await feed(emulator, "\x1b[1;1*y");
    expect(emulator.takeReplies()).toHaveLength(1);
  });

  it.each([
    ["a title", "\x1b]2;rm -rf\x07\x1b[21t"],
    ["a clipboard", "\x1b]52;c;?\x07"],
    ["a colour that does not exist", "\x1b]4;261;?\x07\x1b]5;5;?\x07"],
    ["a setting of a colour", "\x1b]11;#ffffff\x07"],
    ["ENQ", "\x05"],
  ])("does not answer %s", async (_name, question) => {
    expect(await ask(question)).toEqual([]);
  });

  it("gives each reply once", async () => {
    const emulator = createXtermEmulator({ rows: 24, cols: 80 });
    await feed(emulator, "\x1b[c");
    expect(emulator.takeReplies()).toHaveLength(1);
    expect(emulator.takeReplies()).toHaveLength(0);
  });

  it("lets at most 16 KiB of replies wait", async () => {
    const replies = await ask("\x1b[c".repeat(100_000));
    expect(replies.join("").length).toBeGreaterThan(16_000);
    expect(replies.join("").length).toBeLessThanOrEqual(16_384);
  });
});
