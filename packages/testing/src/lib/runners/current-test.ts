import { vitestTry } from "./vitest-test.js";

/** The name of the test that runs here, as far as its runner makes it known; null for `node:test`, which passes it to the test alone. */
export function currentTestName(): string | null {
  const known = vitestTry(undefined);
  if (known) return known.test;
  const { expect } = globalThis as { expect?: { getState?: () => { currentTestName?: string } } };
  return expect?.getState?.().currentTestName ?? null;
}
