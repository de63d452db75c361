import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { displayPath } from "../failure/display-path.js";
import type { TestTry } from "../runners/test-try.js";
import { compareGolden } from "./compare-golden.js";
import type { UpdateMode } from "./update-mode.js";

/** The result of a comparison with a golden file. */
export interface GoldenResult {
  pass: boolean;
  /** The differences, on several lines. */
  message: string;
  /** The golden text; null if there is none. */
  expected: string | null;
  /** The text of the screen. */
  actual: string;
}

/** The last text written to each golden file, and by which try. */
const written = new Map<string, { text: string; by: TestTry }>();

/**
 * Compares a golden text with a file, and writes the file if the mode requires it.
 * @param by the try that compares it: what it has written itself is not replaced by something else.
 */
export async function matchGolden(
  file: string,
  actual: string,
  { mode, isNot, by }: { mode: UpdateMode; isNot?: boolean; by: TestTry },
): Promise<GoldenResult> {
  const expected = await readGolden(file);
  const shownFile = displayPath(file);
  const compared = { expected, actual };
  if (expected === actual) return { ...compared, pass: true, message: `The screen is as in ${shownFile}.` };
  const remedy = "Run the tests with CASSETTE_UPDATE=1 if what is shown is right.";
  // With `.not`, "pass" is what fails.
  if (expected === null && isNot)
    return { ...compared, pass: true, message: `There is no ${shownFile}, so nothing was compared.` };
  const mayWrite = !isNot && isWritten(mode, expected);
  if (mayWrite && !isTakenBy(file, actual, by)) {
    await writeWhole(file, actual);
    written.set(file, { text: actual, by });
    return { ...compared, pass: true, message: `The screen was written to ${shownFile}.` };
  }
  if (expected === null)
    return { ...compared, pass: false, message: `There is no ${shownFile}. ${remedy}\n\n${actual}` };
  const advice = mayWrite ? "Two screens of this run have the same name: give each its own." : remedy;
  return {
    ...compared,
    pass: false,
    message: `The screen is not as in ${shownFile}\n${compareGolden(expected, actual)}\n\n${advice}`,
  };
}

/** Whether a file that differs is written, when this is its text so far. */
function isWritten(mode: UpdateMode, expected: string | null): boolean {
  return mode === "all" || (mode === "new" && expected === null);
}

/** Whether this run has written another screen there. A later try of the same test replaces its own. */
function isTakenBy(file: string, actual: string, by: TestTry): boolean {
  const last = written.get(file);
  if (last === undefined || last.text === actual || last.by.run !== by.run) return false;
  return last.by.test !== by.test || last.by.attempt === by.attempt;
}

/** Tests may run at the same time: none reads half a file. */
async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.part`;
  await writeFile(partial, text);
  await rename(partial, file);
}

async function readGolden(file: string): Promise<string | null> {
  try {
    // A checkout may have converted the line endings.
    return (await readFile(file, "utf8")).replaceAll("\r\n", "\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
