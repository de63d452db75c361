import { drawScreen } from "../failure/draw-screen.js";
import type { Failure } from "../failure/failure.js";
import { failureText } from "../failure/failure-text.js";

/** A failure as reports and artefacts show it. Its texts are safe to print. */
export interface FailureReport {
  /** The test's or the scenario's name. */
  test: string;
  /** The test's or the scenario's file. */
  file: string | null;
  line: number | null;
  /** All of it in words. */
  message: string;
  /** The assertion that does not hold, where there is one. */
  failure: Failure | null;
  /** Screens as text: the expected one, if a whole one was expected, and the one that was found. */
  screens: { expected: string | null; found: string } | null;
}

/** A failed assertion as a report. */
export function reportOf(
  failure: Failure,
  { test, file }: { test: string; file: string | null },
): FailureReport {
  const { line, screen, expectedScreen } = failure;
  const found = screen && drawScreen(screen).join("\n");
  return {
    test,
    file,
    line,
    message: failureText(failure),
    failure,
    screens: found === null ? null : { expected: expectedScreen ?? null, found },
  };
}
