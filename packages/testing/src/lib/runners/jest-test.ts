import type { TestTry } from "./test-try.js";

/** The part of jest-circus's state that is used here. It is private to Jest, so everything may be absent. */
interface CircusState {
  currentlyRunningTest?: CircusTest | null;
  rootDescribeBlock?: CircusBlock;
}

interface CircusTest {
  invocations?: number;
  mode?: string | null;
  status?: string | null;
  errors?: readonly unknown[];
}

interface CircusBlock {
  children?: readonly (({ type: "describeBlock" } & CircusBlock) | ({ type: "test" } & CircusTest))[];
}

/** What Jest passes to a matcher about the test that called it. */
export interface JestMatcherState {
  currentTestName?: string;
  /** The name of the test that runs here; before Jest 30.5 only of one that runs beside others. */
  currentConcurrentTestName?: () => string | undefined;
  /** Since Jest 30.5. */
  currentTestIdentity?: () => object | undefined;
}

/** The test of Jest in which a matcher is called; null for another runner. */
export function jestTry(matcher: JestMatcherState): Omit<TestTry, "file"> | null {
  const circus = circusState();
  if (circus === undefined) return null;
  const beside = matcher.currentConcurrentTestName?.();
  const test = beside ?? matcher.currentTestName;
  if (test === undefined) return null;
  const run = circus.rootDescribeBlock;
  const known = matcher.currentTestIdentity?.() as CircusTest | undefined;
  // Before Jest 30.5, a test that runs beside others is not the current one, and is never tried twice.
  const running = known ?? (beside === undefined ? circus.currentlyRunningTest : null);
  return running ? { test, identity: running, attempt: running.invocations, run } : { test, run };
}

/** Whether every test of the file has run and passed, so that a file that none of them compared is not needed. */
export function everyJestTestPassed(): boolean {
  const root = circusState()?.rootDescribeBlock;
  return root !== undefined && passed(root);
}

function passed({ children = [] }: CircusBlock): boolean {
  return children.every((child) =>
    child.type === "describeBlock" ? passed(child) : child.status === "done" && child.errors?.length === 0,
  );
}

function circusState(): CircusState | undefined {
  const symbol = Object.getOwnPropertySymbols(globalThis).find(
    ({ description }) => description === "JEST_STATE_SYMBOL",
  );
  return symbol && (globalThis as unknown as Record<symbol, CircusState>)[symbol];
}
