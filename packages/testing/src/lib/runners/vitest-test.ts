import { AsyncLocalStorage } from "node:async_hooks";
import type { TestTry } from "./test-try.js";

/** The part of a test of Vitest that identifies a try. */
export interface VitestTest {
  readonly fullTestName?: string;
  readonly file?: { readonly filepath?: string };
  readonly result?: { readonly retryCount?: number; readonly repeatCount?: number };
}

const current = new AsyncLocalStorage<VitestTest>();

/** Remembers the test for everything that it does: the global `expect` knows only the one that started last. */
export function enterVitestTest(test: VitestTest): void {
  current.enterWith(test);
}

/**
 * The test of Vitest in which this is called.
 * @param known the one that the matcher reports.
 * @param file the file that runs: without isolation, a remembered test may be another file's.
 */
export function vitestTry(known: VitestTest | undefined, file?: string): Omit<TestTry, "file"> | null {
  const remembered = current.getStore();
  const isHere = file === undefined || remembered?.file?.filepath === file;
  const test = (isHere ? remembered : undefined) ?? known;
  if (test?.fullTestName === undefined) return null;
  const { retryCount = 0, repeatCount = 0 } = test.result ?? {};
  return {
    test: test.fullTestName,
    identity: test,
    attempt: `${repeatCount}.${retryCount}`,
    run: test.file,
  };
}

/** A suite, a file or a test of Vitest, as far as it is read here. */
export interface VitestTask {
  readonly type: string;
  readonly tasks?: readonly VitestTask[];
  readonly result?: { readonly state?: string };
}

/** Whether every test of the file has run and passed, so that a golden file that none of them compared is not needed. */
export function everyVitestTestPassed({ type, tasks = [], result }: VitestTask): boolean {
  return type === "test" ? result?.state === "pass" : tasks.every(everyVitestTestPassed);
}
