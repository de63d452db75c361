import { describe, expect, it } from "vitest";
import { namedTheme, THEME_NAMES } from "./named-themes.js";
import { parseTheme } from "./parse-theme.js";
import { hexColor, resolveColor } from "./theme.js";

const PALETTE = Array.from({ length: 16 }, (_, index) => 0x010203 * (index + 1));
const hex = (rgb: number) => `#${rgb.toString(16).padStart(6, "0")}`;
const EXPECTED = { foreground: 0xaabbcc, background: 0x112233, cursor: 0x445566, palette: PALETTE };

const names =
  "black red green yellow blue purple cyan white brightBlack brightRed brightGreen brightYellow brightBlue brightPurple brightCyan brightWhite".split(
    " ",
  );

const plistColor = (key: string, rgb: number) =>
  `<key>${key}</key>\n<dict>${["Red", "Green", "Blue"]
    .map(
      (part, index) => `<key>${part} Component</key><real>${((rgb >> (16 - 8 * index)) & 0xff) / 255}</real>`,
    )
    .join("")}</dict>`;

describe("parseTheme", () => {
  it("reads asciinema's theme, bare and in the header of a recording", () => {
    const theme = { fg: "#aabbcc", bg: "#112233", palette: PALETTE.map(hex).join(":") };
    const { cursor: _, ...expected } = EXPECTED;
    expect(parseTheme(JSON.stringify(theme))).toEqual(expected);
    const recording = `${JSON.stringify({ version: 2, theme })}\n[0.1, "o", "x"]\n`;
    expect(parseTheme(recording)).toEqual(expected);
    expect(parseTheme(JSON.stringify({ version: 3, term: { theme } }, null, 2))).toEqual(expected);
  });

  it("repeats eight colours as the bright ones", () => {
    const palette = PALETTE.slice(0, 8).map(hex).join(":");
    expect(parseTheme(JSON.stringify({ fg: "#fff", bg: "#000", palette })).palette).toEqual([
      ...PALETTE.slice(0, 8),
      ...PALETTE.slice(0, 8),
    ]);
  });

  it("reads Windows Terminal's scheme", () => {
    const scheme = Object.fromEntries(names.map((name, index) => [name, hex(PALETTE[index] ?? 0)]));
    const text = JSON.stringify({
      foreground: "#AABBCC",
      background: "#112233",
      cursorColor: "#445566",
      ...scheme,
    });
    expect(parseTheme(text)).toEqual(EXPECTED);
  });

  it("reads iTerm2's .itermcolors", () => {
    const colors = PALETTE.map((rgb, index) => plistColor(`Ansi ${index} Color`, rgb));
    const others = [
      plistColor("Foreground Color", 0xaabbcc),
      plistColor("Background Color", 0x112233),
      plistColor("Cursor Color", 0x445566),
    ];
    expect(
      parseTheme(`<?xml version="1.0"?><plist><dict>${[...colors, ...others].join("")}</dict></plist>`),
    ).toEqual(EXPECTED);
  });

  it("reads kitty's and ghostty's lines", () => {
    const kitty = PALETTE.map((rgb, index) => `color${index} ${hex(rgb)}`).join("\n");
    expect(parseTheme(`# mine\nforeground #aabbcc\nbackground #112233\ncursor #445566\n${kitty}\n`)).toEqual(
      EXPECTED,
    );
    const ghostty = PALETTE.map((rgb, index) => `palette = ${index}=${hex(rgb)}`).join("\r\n");
    expect(
      parseTheme(`foreground = aabbcc\nbackground = #112233\ncursor-color = #445566\n${ghostty}`),
    ).toEqual(EXPECTED);
  });

  it.each([
    "",
    "{",
    "{}",
    "[]",
    "null",
    "<plist/>",
    "foreground red",
    '{"fg":"#fff","bg":"#000","palette":"#fff"}',
  ])("refuses %j", (text) => {
    expect(() => parseTheme(text)).toThrow(expect.objectContaining({ code: "CASSETTE_THEME_INVALID" }));
  });
});

describe("namedTheme", () => {
  it.each(THEME_NAMES)("%s is complete", (name) => {
    const { foreground, background, palette } = namedTheme(name);
    expect(palette).toHaveLength(16);
    expect(palette.every((color) => color >= 0 && color <= 0xffffff)).toBe(true);
    expect(foreground).not.toBe(background);
  });
});

describe("resolveColor", () => {
  it("has xterm's cube and greys", () => {
    const shown = [16, 21, 67, 196, 231, 232, 255].map((index) => hexColor(resolveColor(index, EXPECTED)));
    expect(shown).toEqual(["#000", "#00f", "#5f87af", "#f00", "#fff", "#080808", "#eee"]);
  });
});
