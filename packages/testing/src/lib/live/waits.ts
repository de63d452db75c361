import { AssertionError } from "node:assert";
import {
  type Terminal as AnyTerminal,
  type Condition,
  EXIT_CONDITION,
  settledCondition,
  textCondition,
  type WaitOptions,
  type WaitOutcome,
} from "@cassette/terminal";
import { reportOf } from "../artifacts/failure-report.js";
import { keepEvidence } from "../artifacts/keep-evidence.js";
import { type Mismatch, quote } from "../assertions/mismatch.js";
import { describeEvent, explain, type Failure } from "../failure/failure.js";
import { failureText } from "../failure/failure-text.js";
import { currentTestName } from "../runners/current-test.js";
import { checkAssertions } from "../scenario/run-scenario.js";
import { demandAssertion } from "../scenario/scenario-schema.js";
import type { SessionLog } from "./session-log.js";
import type { Terminal } from "./terminal.js";

const DEFAULT_WAIT_MS = 15_000;

/**
 * The waits of a terminal for tests: where one fails, its error shows the screen and what happened last.
 * @param subject the terminal that the test has.
 */
export function createWaits(
  terminal: AnyTerminal,
  log: SessionLog,
  subject: () => object,
): Pick<Terminal, "waitFor" | "waitSettled" | "waitUntil" | "waitForExit"> {
  async function demand(
    condition: Condition,
    expected: () => string,
    options: WaitOptions = {},
  ): Promise<void> {
    const { timeoutMs = DEFAULT_WAIT_MS } = options;
    const outcome = await terminal.wait(condition, { ...options, timeoutMs });
    if (outcome === "met") return;
    const found = whyNot(outcome, timeoutMs, terminal.session.awaited?.() ?? null);
    const failure = waitFailure(found, expected(), log);
    const report = reportOf(failure, { test: currentTestName() ?? log.evidence().label, file: null });
    const picture = await terminal.screen().catch(() => undefined);
    const evidence = await keepEvidence(report, { subject: subject(), picture });
    throw new AssertionError({ message: `${failureText(failure)}${evidence}`, operator: "wait" });
  }

  return {
    async waitFor(wanted, { in: scope, ...options } = {}) {
      const says = typeof wanted === "string" ? `contains ${quote(wanted)}` : `matches ${wanted}`;
      const where = scope === "line" ? "a row of the screen" : "the screen";
      await demand(textCondition(wanted, scope), () => `${where} ${says}`, options);
      return terminal.screen();
    },
    async waitSettled(settledMs, options) {
      await demand(settledCondition(settledMs), () => `nothing is printed for ${settledMs} ms`, options);
      return terminal.screen();
    },
    async waitUntil(assertion, options) {
      demandAssertion(assertion);
      let expected = assertion.name ?? assertion.type;
      const holds: Condition = {
        name: expected,
        async look({ isOver }) {
          const [failure] = await checkAssertions([assertion], log.evidence());
          expected = failure?.expected ?? expected;
          if (!failure) return "met";
          return isOver ? "ended" : { afterMs: Number.POSITIVE_INFINITY };
        },
      };
      await demand(holds, () => expected, options);
    },
    async waitForExit(options) {
      await demand(EXIT_CONDITION, () => "the program ends", options);
      return terminal.waitForExit(options);
    },
  };
}

/** @param awaited the place of the recorded input that a replay waits for. */
function whyNot(outcome: Exclude<WaitOutcome, "met">, timeoutMs: number, awaited: number | null): string {
  if (outcome === "ended") return "the program ended before";
  const late = `it did not come within ${timeoutMs} ms`;
  return awaited === null ? late : `${late}: the recording waits for the input recorded as event ${awaited}`;
}

function waitFailure(found: string, expected: string, log: SessionLog): Failure {
  const evidence = log.evidence();
  const mismatch: Mismatch = { expected, found, t_ms: evidence.events.at(-1)?.t_ms ?? 0 };
  const failure = explain(mismatch, { group: evidence.label, name: "wait", type: "wait" }, evidence);
  // The current screen, after all events so far.
  const now = {
    screen: evidence.frames.at(-1) ?? null,
    nearby: evidence.events.slice(-5).map(describeEvent),
  };
  return { ...failure, ...now };
}
