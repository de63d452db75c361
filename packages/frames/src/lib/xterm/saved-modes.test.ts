import { describe, expect, it } from "vitest";
import { feed } from "../../../test/feed.js";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";

async function draw(output: string, split = output.length) {
  const emulator = createXtermEmulator({ rows: 3, cols: 6 });
  for (let at = 0; at < output.length; at += split) await feed(emulator, output.slice(at, at + split));
  const { text, cursor } = emulator.snapshot();
  const replies = Buffer.concat(emulator.takeReplies()).toString("latin1");
  emulator.close();
  return { text, cursor, replies };
}

const SET = 1;
const RESET = 2;
/** DECRQM. */
const ask = (mode: number) => `\x1b[?${mode}$p`;
const answer = (mode: number, state: number) => `\x1b[?${mode};${state}$y`;

describe("registerSavedModes", () => {
  it("restores a mode that was saved as set, and one that was saved as reset", async () => {
    expect((await draw("\x1b[?7s\x1b[?7l\x1b[?7rabcdefgh")).text).toEqual(["abcdef", "gh", ""]);
    expect((await draw("\x1b[?7l\x1b[?7s\x1b[?7h\x1b[?7rabcdefgh")).text).toEqual(["abcdeh", "", ""]);
  });

  it.each([1, 6, 7, 12, 25, 45, 66, 1004, 1045, 2004, 2027])("restores mode %i", async (mode) => {
    const both = `\x1b[?${mode}h\x1b[?${mode}s\x1b[?${mode}l\x1b[?${mode}r${ask(mode)}`;
    expect((await draw(both)).replies).toBe(answer(mode, SET));
    const neither = `\x1b[?${mode}l\x1b[?${mode}s\x1b[?${mode}h\x1b[?${mode}r${ask(mode)}`;
    expect((await draw(neither)).replies).toBe(answer(mode, RESET));
  });

  it("resets a mode that was never saved", async () => {
    expect((await draw("\x1b[?7rabcdefgh")).text).toEqual(["abcdeh", "", ""]);
  });

  it("keeps what was saved through resets", async () => {
    for (const reset of ["\x1bc", "\x1b[!p"])
      expect((await draw(`\x1b[?2004h\x1b[?2004s${reset}\x1b[?2004r${ask(2004)}`)).replies).toBe(
        answer(2004, SET),
      );
  });

  it("moves the cursor home when it restores origin mode", async () => {
    expect((await draw("\x1b[2;3r\x1b[?6s\x1b[?6h\x1b[2;2Hx\x1b[?6ry")).text).toEqual(["y", "", " x"]);
  });

  it("leaves out wide characters at the margin after autowrap is restored as reset, however the bytes are split", async () => {
    const output = "\x1b[?7l\x1b[?45;7s\x1b[?7h\x1b[?7rabcde漢x";
    const whole = await draw(output);
    expect(whole.text).toEqual(["abcdex", "", ""]);
    for (let split = 1; split < output.length; split++) expect(await draw(output, split)).toEqual(whole);
  });

  it("leaves the alternate screen and the mouse alone", async () => {
    expect((await draw("a\x1b[?1049s\x1b[?1049h\x1b[?1049rb")).text[0]).toBe(" b");
    expect((await draw(`\x1b[?1003h\x1b[?1000;1003r${ask(1003)}`)).replies).toBe(answer(1003, SET));
  });

  it("does not take DECSTBM or the saved cursor for its own", async () => {
    expect((await draw("ab\x1b[s\r\n\x1b[ux")).text[0]).toBe("abx");
  });
});
