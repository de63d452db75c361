import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { displayPath } from "../failure/display-path.js";
import { compareGolden } from "./compare-golden.js";

/** Whether golden files are rewritten ("all"), written if missing ("new"), or only read ("none"). */
export type UpdateMode = "all" | "new" | "none";

/** The result of a comparison with a golden file. */
export interface GoldenResult {
  pass: boolean;
  /** The differences, on several lines. */
  message: string;
}

/**
 * The update mode in the environment: `CASSETTE_UPDATE=1` rewrites golden files; with `CI` none is written; otherwise missing
 * ones are.
 */
export function updateMode(env: Readonly<Record<string, string | undefined>>): UpdateMode {
  const { CASSETTE_UPDATE: update = "", CI: ci = "" } = env;
  if (!["", "0", "false"].includes(update)) return "all";
  return ["", "0", "false"].includes(ci) ? "new" : "none";
}

/** Compares a golden text with a file, and writes the file if the mode requires it. */
export async function matchGolden(file: string, actual: string, mode: UpdateMode): Promise<GoldenResult> {
  const expected = await readGolden(file);
  const shownFile = displayPath(file);
  if (expected === actual) return { pass: true, message: `The screen is as in ${shownFile}.` };
  if (mode === "all" || (mode === "new" && expected === null)) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, actual);
    return { pass: true, message: `The screen was written to ${shownFile}.` };
  }
  const remedy = "Run the tests with CASSETTE_UPDATE=1 if what is shown is right.";
  if (expected === null) return { pass: false, message: `There is no ${shownFile}. ${remedy}\n\n${actual}` };
  return {
    pass: false,
    message: `The screen is not as in ${shownFile}\n${compareGolden(expected, actual)}\n\n${remedy}`,
  };
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
