import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { draw } from "./draw.mjs";

/** Recordings of programs and the screens that alacritty drew of them: compares the text. */
export async function judgeAlacritty(folder) {
  const root = join(folder, "alacritty_terminal/tests/ref");
  const verdicts = new Map();
  for (const name of readdirSync(root).sort()) {
    const file = (part) => join(root, name, part);
    // Large files may be absent from a copy.
    if (!existsSync(file("grid.json"))) continue;
    const { columns: cols, screen_lines: rows } = JSON.parse(readFileSync(file("size.json"), "utf8"));
    const expected = rowsOf(JSON.parse(readFileSync(file("grid.json"), "utf8")), rows);
    const { text } = await draw({ rows, cols }, readFileSync(file("alacritty.recording")));
    verdicts.set(name, JSON.stringify(text) === JSON.stringify(expected));
  }
  return verdicts;
}

/** The screen's rows, which are kept from the last one on. */
function rowsOf({ raw }, rows) {
  const { inner, zero } = raw;
  return Array.from({ length: rows }, (_, row) => {
    const cells = inner[(zero + rows - 1 - row) % inner.length]?.inner ?? [];
    return cells.map(textOf).join("").replace(/ +$/, "");
  });
}

function textOf({ c, flags, extra }) {
  if (flags.includes("SPACER")) return flags.includes("LEADING") ? " " : "";
  return (c === "\t" ? " " : c) + (extra?.zerowidth ?? []).join("");
}
