import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { draw } from "./draw.mjs";

const SIZE = { rows: 25, cols: 80 };

/** Sequences, and what xterm showed of them on a terminal that makes CR LF of LF. */
export async function judgeXtermJs(folder) {
  const root = join(folder, "test/fixtures/escape_sequence_files");
  const verdicts = new Map();
  for (const file of readdirSync(root).sort()) {
    const name = file.replace(/\.in$/, "");
    const text = join(root, `${name}.text`);
    if (name === file || !existsSync(text)) continue;
    const output = readFileSync(join(root, file), "latin1").replaceAll("\n", "\r\n");
    const screen = await draw(SIZE, Buffer.from(output, "latin1"));
    const expected = readFileSync(text, "utf8").split("\n").slice(0, SIZE.rows);
    verdicts.set(name, withoutEnds(screen.text) === withoutEnds(expected));
  }
  return verdicts;
}

function withoutEnds(rows) {
  return rows
    .map((row) => row.trimEnd())
    .join("\n")
    .trimEnd();
}
