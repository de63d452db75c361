import type { Assertion } from "../assertions/cassette-assertion.js";

const lines = new WeakMap<Assertion, number>();

/** Remembers the line of a scenario file on which an assertion begins. */
export function noteLine(assertion: Assertion, line: number): void {
  lines.set(assertion, line);
}

/** The line of a scenario file on which an assertion begins; null for one that a test gives as a value. */
export function lineOfAssertion(assertion: Assertion): number | null {
  return lines.get(assertion) ?? null;
}
