import type { Random } from "./kinds.js";

/** How a text is brought into a recording: chunks as they would be read, for a screen of 24 rows and 80 columns. */
export type Way = (text: string, random: Random) => string[];

const COLS = 80;
/** What is drawn cell by cell goes on in the next row after this column. */
const DRAWN = 70;
const chars = (text: string) => [...text];
const base64 = (text: string) => Buffer.from(text).toString("base64");
const at = (row: number, col: number) => `\x1b[${row};${col}H`;
const cell = (index: number) => at(4 + Math.floor(index / DRAWN), 1 + (index % DRAWN));

function pieces(text: string, random: Random): [string, string] {
  const cut = 1 + Math.floor(random() * (text.length - 1));
  return [text.slice(0, cut), text.slice(cut)];
}

function rowsOf(text: string, width: number): string[] {
  return text.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
}

function widthFor(text: string): number {
  return Math.max(18, Math.ceil(text.length / 3));
}

/** A row drawn in two rounds, each leaving out what the other draws. */
function interleaved(text: string, row: number): string[] {
  return [0, 1].map(
    (parity) =>
      at(row, 1) +
      chars(text)
        .map((char, index) => (index % 2 === parity ? char : "\x1b[C"))
        .join(""),
  );
}

/** The ways in which one text can be in a recording of a terminal. */
export const WAYS: Readonly<Record<string, Way>> = {
  plain: (text) => [`before ${text} after\r\n`],
  "SGR inside": (text, random) => [pieces(text, random).join("\x1b[1;31m"), "\x1b[0m\r\n"],
  "SGR per character": (text) => [
    chars(text)
      .map((char, index) => `\x1b[3${index % 8}m${char}`)
      .join(""),
    "\x1b[m",
  ],
  "split reads": (text) => [...chars(text), "\r\n"],
  "soft wrap": (text) => [`${".".repeat(COLS - 8)} ${text} after\r\n`],
  "hard CRLF wrap": (text) => [`${rowsOf(text, widthFor(text)).join("\r\n")}\r\n`],
  "wrapped in a box": (text) => {
    const width = widthFor(text);
    const rows = rowsOf(text, width).map((row) => `│ ${row.padEnd(width)} │\r\n`);
    return [`┌${"─".repeat(width + 2)}┐\r\n`, ...rows, `└${"─".repeat(width + 2)}┘\r\n`];
  },
  "backspace correction": (text, random) => {
    const [head, tail] = pieces(text, random);
    return [`$ ${head}`, "#", "\b \b", `${tail}\r\n`];
  },
  "readline redraw": (text, random) => {
    // What is typed first holds no whole secret: without its surroundings it cannot be recognized.
    const cut = Math.min(COLS - 10, text.length - 1 - Math.floor(random() * 8));
    const [head, tail] = [text.slice(0, cut), text.slice(cut)];
    return [`$ ${head.slice(0, 5)}`, `\x1b[2D${head.slice(3)}`, "##", `\x1b[2D${tail}\r\n`];
  },
  "addressed cell by cell in reverse": (text) =>
    chars(text)
      .map((char, index) => cell(index) + char)
      .reverse(),
  "cursor-forward gaps": (text) => rowsOf(text, DRAWN).flatMap((row, index) => interleaved(row, 5 + index)),
  "differ repaint": (text) => {
    const old = chars(text).map((char, index) => (index % 3 === 0 ? char : "."));
    return [
      old.map((char, index) => (index % DRAWN === 0 ? cell(index) + char : char)).join(""),
      chars(text)
        .map((char, index) => (old[index] === char ? "" : cell(index) + char))
        .join(""),
    ];
  },
  title: (text) => [`\x1b]0;run ${text}\x07`, `\x1b]2;${text}\x1b\\`],
  "OSC 8": (text) => [`\x1b]8;;https://h.example/?q=${text}\x1b\\link\x1b]8;;\x1b\\`],
  "OSC 52": (text) => [`\x1b]52;c;${base64(text)}\x07`],
  "DCS passthrough": (text) => [`\x1bPtmux;\x1b\x1b[1m${text}\x1b\x1b[0m\x1b\\`],
  base64: (text) => [`data ${base64(`..${text}.`)}\r\n`],
  percent: (text) => [`GET /?x=${Buffer.from(text).toString("hex").replace(/../g, "%$&")} 200\r\n`],
  hex: (text) => [`0x${Buffer.from(text).toString("hex")}\r\n`],
  "overwritten at once": (text) => [`${text}\r${" ".repeat(text.length)}\r`],
  "alternate screen": (text) => [`\x1b[?1049h\x1b[H${text}`, "\x1b[2J\x1b[?1049l"],
  "scrolled off": (text) => [`${text}\r\n`, "line\r\n".repeat(40)],
  "a REP run": (text) => [
    `${text.replace(/(.)\1+/g, (run, char: string) => `${char}\x1b[${run.length - 1}b`)}\r\n`,
  ],
  "zero-width inside": (text) => [`${chars(text).join("\u200b")}\r\n`],
  concealed: (text) => [`\x1b[8m${text}\x1b[28m\r\n`],
  "NUL padding": (text) => [`${chars(text).join("\0\0")}\r\n`],
  "SO/SI": (text, random) => [pieces(text, random).join("\x0e\x0f"), "\r\n"],
};
