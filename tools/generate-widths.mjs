#!/usr/bin/env node
// Writes the table of character widths, packages/format/src/lib/width/tables.ts: of the emulator's own widths, and of the
// characters that Unicode calls ambiguous. Usage: node tools/generate-widths.mjs
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { eastAsianWidthType } from "get-east-asian-width";

const packages = join(dirname(import.meta.dirname), "packages");
const LAST = 0x10ffff;

/** Path of the table. */
export const TABLES = join(packages, "format/src/lib/width/tables.ts");

/** Columns of a code point in the emulator. */
export const emulatorWidth = emulatorWidths();

function emulatorWidths() {
  const { Unicode11Addon } = createRequire(join(packages, "frames/package.json"))("@xterm/addon-unicode11");
  let provider;
  new Unicode11Addon().activate({ unicode: { register: (given) => (provider = given) } });
  return (codePoint) => provider.wcwidth(codePoint);
}

/** The text of the table. */
export function widthTables() {
  return `// Made by tools/generate-widths.mjs from the emulator's tables (Unicode 11) and from East Asian Width. Not edited by hand.

/** Without a column. */
export const ZERO =
  "${pack((code) => emulatorWidth(code) === 0)}";

/** Two columns. */
export const WIDE =
  "${pack((code) => emulatorWidth(code) === 2)}";

/** One column or two, as a terminal decides; those that the emulator draws in one. */
export const AMBIGUOUS =
  "${pack((code) => emulatorWidth(code) === 1 && eastAsianWidthType(code) === "ambiguous")}";
`;
}

/** First and last code points of all ranges, each as its distance from the number before it, in base 36. */
function pack(includes) {
  const numbers = [];
  let before = 0;
  for (let code = 0; code <= LAST; code++) {
    if (!includes(code)) continue;
    const first = code;
    while (code < LAST && includes(code + 1)) code++;
    numbers.push((first - before).toString(36), (code - first).toString(36));
    before = code;
  }
  return numbers.join(" ");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(TABLES, widthTables());
