import { basename, dirname, join } from "node:path";

/** Screens compared so far, by test file and test, for the numbers in names. */
const counts = new Map<string, number>();

/** A test that compares screens. */
export interface TestPlace {
  file: string;
  test: string;
  /** Number of the try: numbering restarts with each. */
  attempt?: number;
}

/**
 * Path of a golden file: `__screens__` beside its test, under a name that every file system accepts.
 * @param name default: the test's name and a number.
 */
export function goldenPath({ file, test, attempt = 0 }: TestPlace, name?: string): string {
  const given = name ?? `${test} ${nextCount(`${file}\0${test}\0${attempt}`)}`;
  const safe = given
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")
    .replaceAll(/^[-.]+|-+$/g, "")
    .slice(-120);
  return join(dirname(file), "__screens__", basename(file), `${safe || "screen"}.screen`);
}

function nextCount(key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}
