import { join } from "node:path";
import type { Emulator } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { createRecorder, createScreenSearch, openCassette, searchCassette } from "../src/index.js";
import { createPrintedText } from "../src/lib/search/printed-text.js";
import { fakeClock } from "./support/fake-clock.js";
import { createLineEmulator } from "./support/line-emulator.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

/** What a screen search says of screens one after another. */
function looks(pattern: RegExp, ...screens: string[][]): string[][] {
  const search = createScreenSearch(pattern);
  return screens.map((text) => {
    const snapshot: Emulator["snapshot"] = () => ({
      size: { Rows: text.length, Cols: 40 },
      text,
      cursor: { Row: 0, Col: 0, Visible: true },
      title: "",
      alternate: false,
    });
    return search.look({ snapshot }).map(({ row, column, match }) => `${row}:${column} ${match}`);
  });
}

describe("createScreenSearch", () => {
  it("reports row, column and what matched, once a row", () => {
    expect(looks(/b+/, ["abb", "", "bab"])).toEqual([["1:2 bb", "3:1 b"]]);
  });

  it("reports no text that stays, scrolls, or only has its row change around it", () => {
    expect(looks(/x/, ["x 1", "b"], ["x 1", "c"])[1]).toEqual([]);
    expect(looks(/x/, ["a", "x 1"], ["x 1", "c"])[1]).toEqual([]);
    expect(looks(/x/, ["x 12:00:01"], ["x 12:00:02"])[1]).toEqual([]);
  });

  it("reports a new row while older ones scroll, even at the same place", () => {
    expect(looks(/x/, ["x 1", "x 2"], ["x 2", "x 3"])[1]).toEqual(["2:1 x"]);
    expect(looks(/x/, ["x 1", "x 1"], ["x 1", "x 1"])[1]).toEqual([]);
  });

  it("reports text that appears again", () => {
    expect(looks(/x/, ["x"], [""], ["x"])).toEqual([["1:1 x"], [], ["1:1 x"]]);
  });

  it("ignores empty matches, and accepts a global pattern", () => {
    expect(looks(/z*/, ["abc"])).toEqual([[]]);
    expect(looks(/b/gy, ["b", "b"], ["", "b"], ["b", ""])).toEqual([["1:1 b", "2:1 b"], [], []]);
  });
});

describe("createPrintedText", () => {
  const lines = (...chunks: string[]) => {
    const text = createPrintedText();
    const found = chunks.flatMap((chunk, index) => text.add(Buffer.from(chunk), index + 1, 0));
    return [...found, ...text.finish()].map(({ text, seq }) => `${seq} ${text}`);
  };

  it.each<[string, string[], string[]]>([
    ["colours", ["a\x1b[31mb\x1b[38;5;3mc\n"], ["1 abc"]],
    ["cut lines, by the chunk they begin in", ["ab", "cd\nef", "\n"], ["1 abcd", "2 ef"]],
    ["cut sequences", ["a\x1b", "[3", "1mb\n"], ["1 ab"]],
    ["cut characters", ["\u00e9\n"], ["1 é"]],
    ["other line ends", ["a\r\nb\rc\n"], ["1 a", "1 b", "1 c"]],
    ["places on the screen", ["a\x1b[5;1Hb\x1b[Cc\n"], ["1 a", "1 b c"]],
    [
      "titles and links",
      ["\x1b]2;title\x07a\x1b]8;;http://b\x1b\\c\n"],
      ["1 title", "1 8;;http://b", "1 ac"],
    ],
    ["controls", ["a\x07b\x0f\n"], ["1 ab"]],
  ])("reads %s", (_, chunks, expected) => {
    expect(lines(...chunks).map((line) => line.replace(/^(\d+) [02];/, "$1 "))).toEqual(expected);
  });

  it("does not grow with what never ends", () => {
    const long = "x".repeat(50_000);
    const found = lines(...Array.from({ length: 10 }, () => long));
    expect(Math.max(...found.map((line) => line.length))).toBeLessThan(200_000);
    expect(found.length).toBeGreaterThan(2);
  });
});

describe("searchCassette", () => {
  async function found(pattern: RegExp, places?: ("screen" | "output" | "input" | "event")[]) {
    const dir = join(temporaryDirectory(), "it");
    const clock = fakeClock();
    const recorder = await createRecorder(dir, {
      manifest: { terminal: { initial_rows: 3, initial_cols: 20 }, timing: { resolution_ms: 1 } },
      clock,
    });
    clock.at(10);
    recorder.recordOutput(Buffer.from("token one\n"));
    clock.at(20);
    recorder.recordOutput(Buffer.from("token two\n1\n2\n"));
    recorder.recordOutput(Buffer.from("3\n4\n5\n"));
    clock.at(30);
    for (const char of "tok") recorder.recordInput({ bytes: Buffer.from(char) });
    recorder.recordInput({ bytes: Buffer.from("token"), answer: true });
    for (const char of "en\r") recorder.recordInput({ bytes: Buffer.from(char) });
    recorder.recordServiceEvent({ say: "token" });
    clock.at(40);
    recorder.recordFinal({ final_text: "a token" });
    await recorder.close();
    await using cassette = await openCassette(dir);
    const matches: string[] = [];
    for await (const match of searchCassette(cassette, {
      pattern,
      places,
      createEmulator: createLineEmulator,
    })) {
      const { place, seq, t_ms, row, column, text } = match;
      matches.push([place, seq, t_ms, row, column, place === "event" ? "" : text.trim()].join(" "));
    }
    return matches;
  }

  it("finds text on screens, output that no screen showed, joined input, events and the final record", async () => {
    expect(await found(/token/)).toEqual([
      "screen 1 10 1 1 token one",
      "output 2 20   token two",
      "input 4 30   token",
      "event 11 30   ",
      "event 12 40   ",
    ]);
  });

  it("searches only the given places", async () => {
    expect(await found(/token/, ["output"])).toEqual(["output 1 10   token one", "output 2 20   token two"]);
    expect(await found(/two/, ["screen"])).toEqual([]);
    expect(await found(/nothing/)).toEqual([]);
  });
});
