import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createXtermEmulator } from "../../packages/frames/dist/index.js";

const SCREEN_TESTS = /^(?:6\d|9\d).*\.test$/;
const SIZE = { rows: 25, cols: 80 };

/** Its tests of screens, as far as they ask for rows, characters and the cursor; damage and keys are not ours. */
export async function judgeLibvterm(folder) {
  const verdicts = new Map();
  for (const file of readdirSync(join(folder, "t")).sort()) {
    if (SCREEN_TESTS.test(file))
      await judgeFile(join(folder, "t", file), file.replace(".test", ""), verdicts);
  }
  return verdicts;
}

async function judgeFile(path, file, verdicts) {
  const judged = { size: SIZE, emulator: createXtermEmulator(SIZE) };
  let name = `${file}: start`;
  for (const line of readFileSync(path, "utf8").split("\n").flatMap(expand)) {
    const [, command = "", rest = ""] = /^\s*(\S+)\s*(.*)$/.exec(line) ?? [];
    if (command.startsWith("!")) name = `${file}: ${line.slice(1).trim()}`;
    else if (command.startsWith("?")) {
      const passes = holds(judged.emulator.snapshot(), `${command} ${rest}`);
      if (passes !== null) verdicts.set(name, passes && (verdicts.get(name) ?? true));
    } else await COMMANDS[command]?.(judged, rest);
  }
  judged.emulator.close();
}

/** What a test does to its terminal. */
const COMMANDS = {
  RESET(judged) {
    judged.emulator.close();
    judged.emulator = createXtermEmulator(judged.size);
  },
  RESIZE(judged, rest) {
    const [rows = 0, cols = 0] = rest.split(",").map(Number);
    judged.size = { rows, cols };
    judged.emulator.resize(judged.size);
  },
  PUSH: ({ emulator }, rest) => emulator.feed(bytesOf(rest)),
};

/** `$REP 5: line` is that line five times, `$SEQ 2 7: line` has the numbers for `\#`. */
function expand(line) {
  const [, times, repeated = ""] = /^\s*\$REP\s+(\d+):\s*(.*)$/.exec(line) ?? [];
  if (times !== undefined) return Array.from({ length: Number(times) }, () => repeated);
  const [, from, to, numbered = ""] = /^\s*\$SEQ\s+(\d+)\s+(\d+):\s*(.*)$/.exec(line) ?? [];
  if (from === undefined) return [line];
  const count = Number(to) - Number(from) + 1;
  return Array.from({ length: count }, (_, index) => numbered.replaceAll("\\#", `${Number(from) + index}`));
}

/** A Perl string, perhaps repeated: `"a\e[m" x 3`. */
function bytesOf(text) {
  const parts = [...text.matchAll(/"((?:[^"\\]|\\.)*)"(?:\s*x\s*(\d+))?/g)];
  const texts = parts.map(([, quoted = "", times = "1"]) => unescaped(quoted).repeat(Number(times)));
  return Buffer.from(texts.join(""), "latin1");
}

function unescaped(quoted) {
  const named = { e: "\x1b", n: "\n", r: "\r", t: "\t", b: "\b", a: "\x07", 0: "\0" };
  const replaced = quoted.replace(
    /\\(?:x\{([\da-fA-F]+)\}|x([\da-fA-F]{1,2})|(.))/g,
    (_, wide, hex, other) => {
      if (wide) return Buffer.from(String.fromCodePoint(Number.parseInt(wide, 16))).toString("latin1");
      return hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (named[other] ?? other);
    },
  );
  return /[^\0-\xff]/.test(replaced) ? Buffer.from(replaced).toString("latin1") : replaced;
}

/** Whether an assertion holds; null for one about something else. */
function holds({ text, cursor, size }, assertion) {
  const [, what = "", place = "", expected = ""] = /^\?(\w+)\s*([\d,]*)\s*=\s*(.*)$/.exec(assertion) ?? [];
  const numbers = place.split(",").map(Number);
  const [row = 0, col = 0, endRow = 0, endCol = size.Cols] = numbers;
  const { [row]: shown = "" } = text;
  if (what === "screen_row") return shown === textOf(expected).trimEnd();
  if (what === "cursor") return expected === `${cursor.Row},${cursor.Col}`;
  if (what !== "screen_chars") return null;
  if (endRow - row !== 1 && numbers.length === 4) return null;
  return columns(shown, col, endCol).trimEnd() === textOf(expected).trimEnd();
}

/** A part of a row without wide characters before it. */
function columns(row, from, to) {
  return row.slice(from, to);
}

function textOf(expected) {
  if (expected.startsWith('"')) return Buffer.from(bytesOf(expected)).toString("utf8");
  return expected
    .split(",")
    .map((hex) => (hex ? String.fromCodePoint(Number(hex)) : ""))
    .join("");
}
