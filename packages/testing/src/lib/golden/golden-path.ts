import { basename, dirname, join } from "node:path";
import { nameForGiven, nameForTest } from "../names/file-name.js";
import type { TestTry } from "../runners/test-try.js";
import { nextScreenNumber } from "./screen-number.js";

/** The folder of a test file's golden files: `__screens__` beside it. */
export function goldenFolder(testFile: string): string {
  return join(dirname(testFile), "__screens__", basename(testFile));
}

/**
 * Path of a golden file.
 * @param name default: the test's name and a number.
 */
export function goldenPath(place: TestTry, name?: string): string {
  const file = name === undefined ? nameForTest(place.test, nextScreenNumber(place)) : nameForGiven(name);
  return join(goldenFolder(place.file), `${file}.screen`);
}
