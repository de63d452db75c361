import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { displayPath } from "../failure/display-path.js";
import { goldenFolder } from "./golden-path.js";
import type { UpdateMode } from "./update-mode.js";

/** The golden files that the tests of a file have compared, by the test file's path. */
const compared = new Map<string, Set<string>>();

/** Remembers that a test needs this golden file. */
export function keepGolden(testFile: string, golden: string): void {
  const known = compared.get(testFile) ?? new Set();
  compared.set(testFile, known.add(golden));
}

/** What became of golden files that no test compared. */
export interface ObsoleteGoldens {
  files: string[];
  removed: boolean;
}

/**
 * The golden files of a test file that none of its tests compared; with mode "all" they are removed. Call it when every test has
 * run: what a skipped test needs is not obsolete.
 */
export async function settleObsolete(testFile: string, mode: UpdateMode): Promise<ObsoleteGoldens> {
  const folder = goldenFolder(testFile);
  const needed = compared.get(testFile) ?? new Set();
  compared.delete(testFile);
  const names = await readdir(folder).catch(() => []);
  const files = names
    .filter((name) => name.endsWith(".screen"))
    .map((name) => join(folder, name))
    .filter((file) => !needed.has(file));
  if (mode !== "all") return { files, removed: false };
  for (const file of files) {
    await rm(file, { force: true });
    await rm(file.replace(/\.screen$/, ".actual.svg"), { force: true });
  }
  // Fails while something is left in it.
  await rmdir(folder).catch(() => {});
  return { files, removed: true };
}

/** A report for people; null if nothing is obsolete. */
export function obsoleteText({ files, removed }: ObsoleteGoldens): string | null {
  if (files.length === 0) return null;
  const [is, them] = files.length === 1 ? ["screen is", "it"] : ["screens are", "them"];
  const what = removed
    ? "Removed, as no test compares"
    : `${files.length} golden ${is} obsolete: no test compares`;
  const remedy = removed ? "" : `\nRun the tests with CASSETTE_UPDATE=1 to remove ${them}.`;
  return `${what} ${them}:\n${files.map((file) => `  ${displayPath(file)}`).join("\n")}${remedy}`;
}
