import { deepStrictEqual } from "node:assert/strict";
import { CELL_COLOR, CELL_MODE, type Screen } from "@cassette/format";
import type { ConformanceFeature } from "./conformance-cases.js";
import type { CaseDefinition } from "./contract-cases.js";

/** Output on a screen of 4 rows and 10 columns, and the expected screen. */
type Example = [
  feature: ConformanceFeature,
  name: string,
  output: string,
  seen: (screen: Screen) => unknown,
  expected: unknown,
];

const rows = ({ text }: Screen) => text;
const cursor = ({ cursor: { Row, Col, Visible } }: Screen) => [Row, Col, Visible];
const firstCell = ({ cells }: Screen) => cells?.[0]?.[0];
const PLAIN = { Char: 0x78, Mode: 0, FG: CELL_COLOR.defaultForeground, BG: CELL_COLOR.defaultBackground };

const EXAMPLES: Example[] = [
  ["screen", "starts lines at CR and LF", "ab\r\nc\nd\re", rows, ["ab", "c", "ed", ""]],
  ["screen", "wraps at the margin", "abcdefghijkl", rows, ["abcdefghij", "kl", "", ""]],
  ["screen", "waits in the last column before it wraps", "abcdefghij", cursor, [0, 9, true]],
  ["screen", "scrolls at the bottom", "1\r\n2\r\n3\r\n4\r\n5", rows, ["2", "3", "4", "5"]],
  ["screen", "steps back at BS and goes to tab stops at HT", "ab\bc\td", rows, ["ac      d", "", "", ""]],
  [
    "screen",
    "trims spaces, and nothing else, from the end of a row",
    "a  \r\nb\u00a0 ",
    rows,
    ["a", "b\u00a0", "", ""],
  ],
  ["addressing", "moves the cursor", "\x1b[2;3Hx\x1b[Ay\x1b[2Bz\x1b[3Dw", rows, ["   y", "  x", "  w z", ""]],
  ["addressing", "erases in the row", "abcdef\x1b[3D\x1b[K", rows, ["abc", "", "", ""]],
  ["addressing", "erases the screen", "a\r\nb\x1b[2J\x1b[Hc", rows, ["c", "", "", ""]],
  ["addressing", "erases to the cursor at the very end", "\x1b#8\x1b[4;10H\x1b[1J", rows, ["", "", "", ""]],
  [
    "addressing",
    "inserts and deletes characters",
    "abcd\x1b[2G\x1b[2@\x1b[5G\x1b[P",
    rows,
    ["a  bd", "", "", ""],
  ],
  [
    "addressing",
    "inserts and deletes rows",
    "1\r\n2\r\n3\x1b[2;1H\x1b[L\x1b[1;1H\x1b[M",
    rows,
    ["", "2", "3", ""],
  ],
  [
    "addressing",
    "scrolls within margins",
    "1\r\n2\r\n3\r\n4\x1b[2;3r\x1b[3;1H\nx\x1b[r",
    rows,
    ["1", "3", "x", "4"],
  ],
  ["addressing", "saves the cursor and comes back", "ab\x1b7\x1b[4;4H\x1b8c", rows, ["abc", "", "", ""]],
  ["addressing", "repeats a character", "x\x1b[3b", rows, ["xxxx", "", "", ""]],
  [
    "cells",
    "has styles",
    "\x1b[1;3;4;7mx",
    firstCell,
    { ...PLAIN, Mode: CELL_MODE.bold | CELL_MODE.italic | CELL_MODE.underline | CELL_MODE.reverse },
  ],
  ["cells", "has palette colours", "\x1b[31;48;5;200mx", firstCell, { ...PLAIN, FG: 1, BG: 200 }],
  ["cells", "has true colours", "\x1b[38;2;0;0;7mx", firstCell, { ...PLAIN, FG: 7, Mode: CELL_MODE.fgRgb }],
  ["unicode", "keeps marks with their letter", "e\u0301x", rows, ["e\u0301x", "", "", ""]],
  ["unicode", "gives wide characters two columns", "漢字", cursor, [0, 4, true]],
  ["unicode", "wraps wide characters whole", "abcdefghi漢", rows, ["abcdefghi", "漢", "", ""]],
  [
    "unicode",
    "draws wide characters in a head and a tail",
    "漢",
    ({ cells }) => cells?.[0]?.slice(0, 2).map(({ Char, Mode }) => [Char, Mode]),
    [
      [0x6f22, CELL_MODE.wideHead],
      [0, CELL_MODE.wideTail],
    ],
  ],
  ["modes", "hides and shows the cursor", "\x1b[?25l", cursor, [0, 0, false]],
  ["modes", "has a title", "\x1b]2;title\x07", ({ title }) => title, "title"],
  [
    "modes",
    "has an alternate screen",
    "a\x1b[?1049hb",
    ({ text, alternate }) => [text[0], alternate],
    [" b", true],
  ],
  [
    "modes",
    "comes back from the alternate screen",
    "a\x1b[?1049hb\x1b[?1049lc",
    ({ text, alternate }) => [text[0], alternate],
    ["ac", false],
  ],
];

/** What an emulator draws. */
export const SCREEN_CASES: CaseDefinition[] = EXAMPLES.map(([feature, name, output, seen, expected]) => ({
  feature,
  name,
  async check(createEmulator) {
    const emulator = createEmulator({ rows: 4, cols: 10 });
    await emulator.feed(new TextEncoder().encode(output));
    deepStrictEqual(seen(emulator.snapshot({ cells: true })), expected);
    emulator.close();
  },
}));
