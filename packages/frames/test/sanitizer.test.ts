import unicode11 from "@xterm/addon-unicode11";
import headless, { type Terminal } from "@xterm/headless";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createXtermEmulator } from "../src/index.js";
import { arbitraryOutput } from "./arbitrary-output.js";
import { bytes, feed } from "./feed.js";

const SIZE = { rows: 6, cols: 14 };

/** The library as it is, without anything of ours. */
function createBare(): Terminal {
  const terminal = new headless.Terminal({
    ...SIZE,
    // With none it restores the saved cursor rightly.
    scrollback: 0,
    allowProposedApi: true,
    logLevel: "off",
    windowOptions: { pushTitle: true, popTitle: true },
  });
  terminal.loadAddon(new unicode11.Unicode11Addon());
  terminal.unicode.activeVersion = "11";
  return terminal;
}

async function bareRows(output: Uint8Array): Promise<string[]> {
  const terminal = createBare();
  terminal.input("", true);
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  const { active } = terminal.buffer;
  const rows = Array.from(
    { length: SIZE.rows },
    (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? "",
  );
  terminal.dispose();
  return [...rows.map((row) => row.replace(/ +$/, "")), `${active.cursorY},${active.cursorX}`];
}

async function ourRows(output: Uint8Array): Promise<string[]> {
  const emulator = createXtermEmulator(SIZE);
  await feed(emulator, output);
  const { text, cursor } = emulator.snapshot();
  emulator.close();
  return [...text, `${cursor.Row},${cursor.Col}`];
}

/** Without wrapping, the library's own screen depends on how the bytes were split. */
const DEPENDS_ON_SPLITS = /\?7l|1J/;
/** Restoring the cursor, margins on another screen, going or tabulating back, filling the screen: in files of their own. */
const IS_CORRECTED = /\x1b8|(?:\x1b\[|\x9b)[\d;\n\r]*[uZ]|\?(?:4[57]|104[5789]|2027)|#8/;
/** What the library does not have. */
const IS_OURS = /\$[vxz{rt]|\*x|\x1b[VW69]/;
const MARKS = /\p{M}|[\u200b-\u200f\ufeff]/gu;

/** Output without what the library gets wrong and this package corrects. */
function withoutCorrected(output: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(output).replace(MARKS, "x");
}

describe("createXtermEmulator", () => {
  it("shows the same as the bare library once nothing is pending", async () => {
    const harmless = arbitraryOutput
      .map(withoutCorrected)
      .filter((text) => !DEPENDS_ON_SPLITS.test(text) && !IS_CORRECTED.test(text) && !IS_OURS.test(text));
    const finished = harmless.map((text) => bytes(`${text}\x18\r`));
    await fc.assert(
      fc.asyncProperty(finished, async (output) => {
        expect(await ourRows(output)).toEqual(await bareRows(output));
      }),
      { numRuns: process.env.CASSETTE_SOAK ? 30_000 : 1_000 },
    );
  });
});
