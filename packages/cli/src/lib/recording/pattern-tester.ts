import { setTimeout as sleep } from "node:timers/promises";
import { CassetteError } from "@cassette/format";
import { createWorkerPool, type WorkerPool } from "../workers/pool.js";

/** How long a test may take. */
export interface TestLimits {
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Tests patterns of a script against texts, in bounded time. */
export interface PatternTester extends AsyncDisposable {
  /**
   * Whether a pattern matches one of some texts.
   * @throws CassetteError CASSETTE_WAIT_FAILED if that takes longer than `timeoutMs`; `signal.reason` when aborted.
   */
  test(pattern: RegExp, texts: readonly string[], limits: TestLimits): Promise<boolean>;
  /** Ends a running test. */
  close(): Promise<void>;
}

/**
 * Makes a tester. A pattern that may backtrack is tested in a worker, which can be ended: on this thread it would keep the recorder
 * from
 * writing, and from hearing signals.
 */
export function createPatternTester(): PatternTester {
  let pool: WorkerPool | undefined;

  async function testElsewhere(pattern: RegExp, texts: readonly string[]): Promise<boolean> {
    pool ??= createWorkerPool({ size: 1 });
    for await (const isMatch of pool.run({ kind: "match", pattern, texts })) return isMatch;
    throw new Error("A test ended without its result.");
  }

  async function close(): Promise<void> {
    const ended = pool;
    pool = undefined;
    await ended?.close();
  }

  return {
    async test(pattern, texts, { timeoutMs, signal }) {
      if (cannotBacktrack(pattern)) return texts.some((text) => pattern.test(text));
      const over = new AbortController();
      const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
      const tested = testElsewhere(pattern, texts);
      tested.catch(() => {});
      try {
        const result = await Promise.race([tested, sleep(timeoutMs, "late" as const, { signal: either })]);
        if (result !== "late") return result;
      } catch (error) {
        await close();
        signal?.throwIfAborted();
        throw error;
      } finally {
        over.abort();
      }
      await close();
      throw tooSlow(pattern, timeoutMs);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Unbounded, nested or many repetitions; lookarounds; back references. */
const MAY_BACKTRACK = /[*+]|\{\d+,|\{\d{3}|\)[?{]|\(\?[^:]|\\/;
/** Each may double the ways to match: this many are tried in no time. */
const MOST_CHOICES = 4;

/** Whether a pattern takes time in proportion to the text. */
export function cannotBacktrack({ source }: RegExp): boolean {
  const plain = source.replace(/\\[^\dk]/g, "x").replace(/\[[^\]]*\]/g, "x");
  if (MAY_BACKTRACK.test(plain)) return false;
  const choices = plain.replaceAll("(?:", "(").match(/[|?{]/g) ?? [];
  return choices.length <= MOST_CHOICES;
}

function tooSlow(pattern: RegExp, ms: number): CassetteError {
  return new CassetteError(
    "CASSETTE_WAIT_FAILED",
    `Testing ${pattern} took longer than ${Math.round(ms)} ms.`,
    {
      hint: "The regular expression backtracks: simplify it, or wait for fixed text.",
    },
  );
}
