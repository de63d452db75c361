import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { CassetteError } from "@cassette/format";

/** How long a test may take. */
interface TestLimits {
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Tests patterns against texts, in bounded time. */
export interface PatternTester extends AsyncDisposable {
  /**
   * Whether a pattern matches one of some texts. One test at a time.
   * @throws CassetteError CASSETTE_WAIT_FAILED if that takes longer than `timeoutMs`; `signal.reason` when aborted.
   */
  test(pattern: RegExp, texts: readonly string[], limits: TestLimits): Promise<boolean>;
  /** Ends a running test. */
  close(): Promise<void>;
}

/** A request to the worker. */
export interface PatternQuestion {
  pattern: RegExp;
  texts: readonly string[];
}

/**
 * Makes a tester. A pattern that may backtrack is tested in a worker, which can be terminated: on this thread it would block
 * the recorder and its signal handlers.
 */
export function createPatternTester(): PatternTester {
  let worker: Worker | undefined;

  async function close(): Promise<void> {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  }

  return {
    async test(pattern, texts, { timeoutMs, signal }) {
      if (cannotBacktrack(pattern)) return texts.some((text) => matchesFresh(pattern, text));
      worker ??= startWorker();
      const over = new AbortController();
      const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
      const tested = ask(worker, { pattern, texts });
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

/** A pattern with the flag `g` or `y` keeps its last position. */
export function matchesFresh(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

/** Resolved by the package's name, so that a bundle finds it, too. */
function startWorker(): Worker {
  const worker = new Worker(createRequire(import.meta.url).resolve("@cassette/terminal/pattern-worker"));
  worker.unref();
  return worker;
}

function ask(worker: Worker, question: PatternQuestion): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      worker.off("message", onMessage);
      worker.off("error", onError);
      end();
    };
    const onMessage = (isMatch: boolean) => settle(() => resolve(isMatch));
    const onError = (error: Error) => settle(() => reject(error));
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.postMessage(question);
  });
}

/** Unbounded, nested or many repetitions; lookarounds; back-references. */
const MAY_BACKTRACK = /[*+]|\{\d+,|\{\d{3}|\)[?{]|\(\?[^:]|\\/;
/** Each may double the number of paths to try; this many are cheap. */
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
