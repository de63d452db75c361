import { AssertionError } from "node:assert";
import type { Emulator, Screen } from "@cassette/format";
import { frameText } from "../assertions/frame-text.js";
import { type Mismatch, quote } from "../assertions/mismatch.js";
import { describeEvent, explain } from "../failure/failure.js";
import { failureText } from "../failure/failure-text.js";
import { checkAssertions } from "../scenario/run-scenario.js";
import type { ChangeNotifier } from "./change-notifier.js";
import type { Progress } from "./open-terminal.js";
import type { SessionLog } from "./session-log.js";
import type { Terminal, TerminalOptions, WaitOptions } from "./terminal.js";

const DEFAULT_WAIT_MS = 15_000;

/** What waits look at. */
export interface WaitContext {
  emulator: Emulator;
  log: SessionLog;
  changes: ChangeNotifier;
  progress: Progress;
  time: NonNullable<TerminalOptions["time"]>;
}

/** What a wait finds when it looks. */
type Look =
  | "met"
  /** Not yet: another look is due after a change, or after so many milliseconds. */
  | { afterMs: number }
  /** It cannot be met any more. */
  | "never";

/** The waiting half of a terminal. */
export function createWaits(
  watched: WaitContext,
): Pick<Terminal, "waitFor" | "waitSettled" | "waitUntil" | "waitForExit"> {
  const { emulator, log, progress, time } = watched;
  const later = (): Look => (progress.hasEnded ? "never" : { afterMs: Number.POSITIVE_INFINITY });
  const snapshot = () => emulator.snapshot({ cells: true });

  async function wait(
    look: () => Look | Promise<Look>,
    expected: () => string,
    options: WaitOptions = {},
  ): Promise<void> {
    const { timeoutMs = DEFAULT_WAIT_MS } = options;
    const outcome = await watch(look, watched, { ...options, timeoutMs });
    if (outcome === "met") return;
    if (progress.failure) {
      progress.failure.isReported = true;
      throw progress.failure.error;
    }
    const why = outcome === "never" ? "the program ended before" : `it did not come within ${timeoutMs} ms`;
    const evidence = log.evidence();
    const mismatch: Mismatch = { expected: expected(), found: why, t_ms: evidence.events.at(-1)?.t_ms ?? 0 };
    const failure = explain(mismatch, { group: evidence.label, name: "wait", type: "wait" }, evidence);
    // What is there now, of all that happened at this moment.
    const now = {
      screen: evidence.frames.at(-1) ?? null,
      nearby: evidence.events.slice(-5).map(describeEvent),
    };
    throw new AssertionError({ message: failureText({ ...failure, ...now }), operator: "wait" });
  }

  return {
    async waitFor(wanted, options) {
      const isThere = (text: string) =>
        typeof wanted === "string" ? text.includes(wanted) : testFresh(wanted, text);
      const said = typeof wanted === "string" ? `contains ${quote(wanted)}` : `matches ${wanted}`;
      await wait(
        () => (isThere(textToCursor(emulator.snapshot())) ? "met" : later()),
        () => `the screen ${said}`,
        options,
      );
      return snapshot();
    },
    async waitSettled(settledMs, options) {
      const look = (): Look => {
        const left = progress.lastEventMs + settledMs - time.clock.monotonic();
        return left <= 0 || progress.hasEnded ? "met" : { afterMs: left };
      };
      await wait(look, () => `nothing is printed for ${settledMs} ms`, options);
      return snapshot();
    },
    async waitUntil(assertion, options) {
      let expected = assertion.name ?? assertion.type;
      const look = async (): Promise<Look> => {
        const [failure] = await checkAssertions([assertion], log.evidence());
        expected = failure?.expected ?? expected;
        return failure ? later() : "met";
      };
      await wait(look, () => expected, options);
    },
    async waitForExit(options) {
      await wait(
        () => (progress.hasEnded && !progress.failure ? "met" : later()),
        () => "the program ends",
        options,
      );
      return progress.exit ?? { code: null, signal: null };
    },
  };
}

async function watch(
  look: () => Look | Promise<Look>,
  { changes, time }: WaitContext,
  { timeoutMs, signal }: WaitOptions & { timeoutMs: number },
): Promise<"met" | "never" | "timeout"> {
  const deadline = time.clock.monotonic() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    const { count } = changes;
    const seen = await look();
    if (typeof seen === "string") return seen;
    const left = deadline - time.clock.monotonic();
    if (left <= 0) return "timeout";
    const ms = Math.min(left, seen.afterMs);
    await changes.after(count, (over) => time.sleep(ms, signal ? AbortSignal.any([signal, over]) : over));
  }
}

/** Rows are trimmed; up to the cursor their blanks count. */
function textToCursor({ text, cursor }: Screen): string {
  return frameText({ text: text.map((row, index) => (index === cursor.Row ? row.padEnd(cursor.Col) : row)) });
}

/** A pattern with the flag `g` remembers where it was. */
function testFresh(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}
