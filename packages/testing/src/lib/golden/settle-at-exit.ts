import { readFileSync } from "node:fs";
import { obsoleteText, settleObsolete } from "./obsolete-goldens.js";
import { updateMode } from "./update-mode.js";

const watched = new Set<string>();

/** Looks for obsolete golden files of a test file when `node:test` has run all of its tests. */
export function settleAtExit(testFile: string): void {
  if (watched.has(testFile)) return;
  watched.add(testFile);
  let isSettled = false;
  process.on("beforeExit", async () => {
    if (isSettled || process.exitCode || mayHaveSkipped(testFile)) return;
    isSettled = true;
    const text = obsoleteText(await settleObsolete(testFile, updateMode(process.env)));
    if (text !== null) console.warn(text);
  });
}

/** `node:test` does not report which tests it left out, so flags and words that may leave some out count. */
function mayHaveSkipped(testFile: string): boolean {
  const flags = [...process.execArgv, ...process.argv, process.env.NODE_OPTIONS ?? ""];
  if (flags.some((flag) => /--test-(?:only|name-pattern|skip-pattern|shard|rerun-failures)/.test(flag)))
    return true;
  return /\b(?:skip|only|todo)\b/.test(readFileSync(testFile, "utf8"));
}
