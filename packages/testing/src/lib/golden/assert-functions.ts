import { AssertionError } from "node:assert";
import type { Assertion } from "../assertions/cassette-assertion.js";
import type { EvidenceSource } from "../evidence/with-evidence.js";
import { currentTestName } from "../runners/current-test.js";
import { demandAssertion } from "../scenario/scenario-schema.js";
import { failuresOf } from "./failures-of.js";
import { matchScreen } from "./match-screen.js";
import type { MatchScreenOptions } from "./matchers.js";
import { settleAtExit } from "./settle-at-exit.js";
import { shownScreen } from "./shown-screen.js";
import { updateMode } from "./update-mode.js";

/** The context that `node:test` passes to a test. */
export interface NodeTest {
  readonly name: string;
  readonly fullName?: string;
  readonly filePath?: string;
}

/**
 * Compares a screen with a golden file in `__screens__` beside the test, for `node:test`.
 * @param test the test's context.
 * @throws AssertionError that shows both screens; TypeError without a test's file.
 */
export async function assertScreen(
  test: NodeTest,
  shown: EvidenceSource,
  { at, ...kept }: MatchScreenOptions = {},
): Promise<void> {
  // Node 20 does not report the file, and runs every file as a process of its own.
  const { filePath: file = process.argv[1], fullName = test.name } = test;
  if (file === undefined) throw new TypeError("The context of a test of node:test is expected.");
  settleAtExit(file);
  const by = { file, test: fullName, identity: test };
  const screen = await shownScreen(shown, at);
  const { pass, message } = await matchScreen(by, screen, {
    ...kept,
    mode: updateMode(process.env),
    subject: shown,
  });
  if (!pass) throw new AssertionError({ message, operator: "assertScreen" });
}

/**
 * Checks assertions of scenario files on a recording or a running terminal, for any test runner.
 * @throws AssertionError that lists every assertion that does not hold.
 */
export async function assertHolds(shown: EvidenceSource, ...assertions: Assertion[]): Promise<void> {
  for (const assertion of assertions) demandAssertion(assertion);
  if (assertions.length === 0) throw new TypeError("There is no assertion, so it would always hold.");
  const [first] = assertions;
  const failures = await failuresOf(shown, assertions, {
    test: currentTestName() ?? first?.type ?? "",
    file: null,
  });
  if (failures.length === 0) return;
  throw new AssertionError({ message: failures.join("\n\n"), operator: "assertHolds" });
}
