import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createXtermEmulator } from "../src/index.js";
import { drawnOutput, printedOutput } from "./resized-streams.js";
import { hasXterm, startXtermServer, type XtermScreen } from "./xterm-server.js";

const SIZE = { rows: 6, cols: 20 };
const RUNS = process.env.CASSETTE_SOAK ? 2_000 : 20;
/** The same streams each time, unless there is time to look for others. */
const SEED = process.env.CASSETTE_SOAK ? undefined : 7;
/**
 * Saves and restores of origin mode and autowrap, and what shows them. xterm keeps what is saved through a reset. At the end origin mode
 * is off: in it, xterm's report counts the cursor's row from the margin.
 */
const savingOutput = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom("6", "7", "6;7", "7;6"), fc.constantFrom("s", "r", "h", "l"))
        .map(([modes, change]) => `\x1b[?${modes}${change}`),
      fc.constantFrom("\x1b[2;4r", "\x1b[H", "\x1b[3;18Habcdefgh", "ijk", "\r\n"),
    ),
    { minLength: 3, maxLength: 30 },
  )
  .map((parts) => Buffer.from(`\x1b[?6;7l\x1b[?6;7s\x1b[?7h${parts.join("")}x\x1b[?6l`));
const TIMEOUT_MS = 60_000 + RUNS * 1_000;
async function ourScreen(output: Uint8Array): Promise<XtermScreen> {
  const emulator = createXtermEmulator(SIZE);
  await emulator.feed(output);
  const { text, cursor } = emulator.snapshot();
  emulator.close();
  return { text: text.map((row) => row.normalize("NFC")), cursor: { Row: cursor.Row, Col: cursor.Col } };
}

/** Now and then xterm stops while it prints: then another one shows that output again. */
async function theirScreens(outputs: readonly Uint8Array[]): Promise<XtermScreen[]> {
  const screens: XtermScreen[] = [];
  while (screens.length < outputs.length) {
    const server = await startXtermServer(SIZE);
    const before = screens.length;
    try {
      for (const output of outputs.slice(before)) screens.push(await server.show(output));
    } catch (error) {
      if (screens.length === before) throw error;
    } finally {
      server.close();
    }
  }
  return screens;
}

describe.skipIf(!hasXterm)("createXtermEmulator beside xterm", () => {
  it.each([
    ["drawn", drawnOutput],
    ["printed", printedOutput],
    ["drawn while modes are saved and restored", savingOutput],
  ])("shows the same for output that is %s", { timeout: TIMEOUT_MS }, async (_how, arbitrary) => {
    const outputs = fc.sample(arbitrary, { numRuns: RUNS, seed: SEED });
    const theirs = await theirScreens(outputs);
    for (const [index, output] of outputs.entries()) {
      expect({ output, ...(await ourScreen(output)) }).toEqual({ output, ...theirs[index] });
    }
  });
});
