import { createProvenance, createXtermEmulator } from "@cassette/frames";
import { createScrubber } from "@cassette/scrub";
import { describe, expect, it } from "vitest";

const SIZE = { rows: 24, cols: 80 };
const TOKEN = "ghp_aB3dE6fGh1JkLmN0pQrStUvWxYz12345678k";
const LITERAL = "Zoë-pässwört-1";
const scrubber = createScrubber({ secrets: [LITERAL] });

const chars = [...TOKEN];
const [head, tail] = [TOKEN.slice(0, 20), TOKEN.slice(20)];
const base64 = (text: string) => Buffer.from(text).toString("base64");
const code = (char: string) => char.charCodeAt(0).toString(16);
const each = (change: (char: string, index: number) => string) => chars.map(change).join("");

/** A left pane and a right one, the token wrapped in one of them. */
function panes(isLeft: boolean): string {
  const rows = ["one", "two", "three", "four"].map((text, index) => {
    const piece = index === 1 ? head : index === 2 ? tail : "...";
    return isLeft ? `${piece.padEnd(20)}│${text}` : `${text.padEnd(30)}│${piece.padEnd(20)}`;
  });
  return rows.map((row, index) => `\x1b[${index + 1};1H${row}`).join("");
}

/** Ways beyond those that everybody knows, in which a token is found. */
const FOUND: Record<string, string | string[]> = {
  "percent-encoded twice": each((char) => `%25${code(char)}`),
  "base64 wrapped after 76 characters": base64(`${"a preamble ".repeat(9)}${TOKEN} and more`).replace(
    /.{76}/g,
    "$&\r\n",
  ),
  "base64 of a percent-encoded text": base64(each((char) => `%${code(char)}`)),
  "escapes of JSON": `{"x":"${each((char) => `\\u00${code(char)}`)}"}`,
  "escapes of a program": each((char) => `\\x${code(char)}`),
  "escapes of HTML": each((char) => `&#${char.charCodeAt(0)};`),
  "hexadecimal escapes of HTML": each((char) => `&#x${code(char)};`),
  "a link around half of it": `\x1b]8;;http://x.example\x1b\\${head}\x1b]8;;\x1b\\${tail}\r\n`,
  "marks above every character": chars.join("\u0301"),
  "right-to-left marks": chars.join("\u200f"),
  "isolated by direction": `\u2066${head}\u2069${tail}`,
  "after tabs": `\t${TOKEN}\tx`,
  "finished after the cursor went up": `${TOKEN.slice(0, 16)}\r\nzz\x1b[A\r\x1b[16C${TOKEN.slice(16)}\r\n`,
  "drawn again by a line editor, character by character": chars.map((char, index) =>
    index > 0 ? `\b${chars[index - 1]}${char}` : char,
  ),
  "drawn again with colours": each((char, index) =>
    index > 0 ? `\b\x1b[4m${chars[index - 1]}\x1b[24m\x1b[4m${char}\x1b[24m` : char,
  ),
  "a return before every character": each((char, index) => `\r\x1b[${index + 1}G${char}`),
  "a piece inserted in insert mode": `${head}${tail.slice(2)}\x1b[${tail.length - 2}D\x1b[4h${tail.slice(0, 2)}\x1b[4l`,
  "a piece inserted into made room": `${head}${tail.slice(2)}\x1b[${tail.length - 2}D\x1b[2@${tail.slice(0, 2)}`,
  "a piece deleted from it": `${head}##${tail}\x1b[${tail.length + 2}D\x1b[2P`,
  "an 8-bit sequence inside": `${head}\u009b1m${tail}`,
  "between the marks of a paste": `\x1b[200~${TOKEN}\x1b[201~`,
  "a title that came in two reads": [`\x1b]0;${head}`, `${tail}\x07`],
  "a title that does not end": `\x1b]0;${TOKEN}\x1b[1mtext`,
  "an inline file": `\x1b]1337;File=inline=1:${base64(`hello ${TOKEN}`)}\x07`,
  "a graphics command": `\x1b_Gf=100;${base64(TOKEN)}\x1b\\`,
  "a notification": `\x1b]9;${TOKEN}\x07`,
  "the right pane of two": panes(false),
  "the left pane of two": panes(true),
  "a continued line of a shell": `${head}\\\r\n${tail}\r\n`,
  "a line of a diff": `+  token = ${TOKEN}\r\n`,
  "accents as characters of their own": LITERAL.normalize("NFD"),
};

/** Ways in which it is not found, or only its first part is, as the README says. */
const NOT_FOUND: Record<string, string> = {
  "base64 of base64": base64(base64(`x${TOKEN}y`)),
  "UTF-16 in base64": Buffer.from(TOKEN, "utf16le").toString("base64"),
  "octal escapes": each((char) => `\\${char.charCodeAt(0).toString(8)}`),
  "hexadecimal with separators": Buffer.from(TOKEN)
    .toString("hex")
    .replace(/..(?=.)/g, "$&:"),
  "full-width letters": each((char) => String.fromCodePoint(char.charCodeAt(0) + 0xfee0)),
  "blanks in between": chars.join(" "),
  backwards: [...chars].reverse().join(""),
  "two strings of a program": `"${head}" + "${tail}"`,
  "line numbers in between": `  1 ${head}\r\n  2 ${tail}\r\n`,
};

async function scrubbed(pieces: string | string[]) {
  const provenance = createProvenance(SIZE);
  const chunks = [pieces].flat().map((piece) => ({ bytes: new Uint8Array(Buffer.from(piece)) }));
  const { mask } = await scrubber.scrubStream(chunks, { provenance });
  provenance.close();
  return mask;
}

describe("scrubStream with an emulator", () => {
  const PROGRESS = Array.from({ length: 50 }, (_, percent) => `\r${percent} % done`).join("");

  it.each([
    ["a token beside a progress bar", [`${PROGRESS}\r\npush ${TOKEN}\r\n${PROGRESS}`], false],
    [
      "a token of which the stream shows a part",
      [`${PROGRESS}\r\n${TOKEN}x\b\x1b[K\r\n${TOKEN}Ab\b12\r\n`],
      true,
    ],
    ["a token drawn in reverse", [...chars.map((char, at) => `\x1b[4;${at + 1}H${char}`)].reverse(), true],
    ["no token", [PROGRESS], false],
  ] as const)("says whether %s needs a provenance", async (_, chunks, isNeeded) => {
    const screens = createXtermEmulator(SIZE);
    const events = chunks.map((text) => ({ bytes: new Uint8Array(Buffer.from(text)) }));
    const { report } = await scrubber.scrubStream(events, { screens });
    screens.close();
    expect(report.skipped?.["output.raw"] !== undefined).toBe(isNeeded);
  });
});

describe("scrubStream with screens", () => {
  for (const [way, text] of Object.entries(FOUND)) {
    it(`finds a secret in this way: ${way}`, async () => {
      const { ranges } = await scrubbed(text);
      const masked = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
      expect(masked).toBeGreaterThanOrEqual(LITERAL.length);
    });
  }

  for (const [way, text] of Object.entries(NOT_FOUND)) {
    it(`misses parts of a secret printed in this way: ${way}`, async () => {
      const { ranges } = await scrubbed(text);
      const masked = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
      expect(masked).toBeLessThanOrEqual(head.length);
    });
  }
});
