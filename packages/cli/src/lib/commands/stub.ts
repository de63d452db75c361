import { setTimeout as sleep } from "node:timers/promises";
import {
  type Cassette,
  createInputMatcher,
  openCassette,
  perform,
  type ReplayMode,
} from "@cassette/core/reader";
import { signalName } from "@cassette/format";
import { escapeText } from "../output/escape-text.js";
import { EXIT } from "../output/exit-status.js";
import { chooseCassette } from "../stub/choose-cassette.js";
import { takeDriverInput } from "../stub/driver-input.js";
import { makeTerminalRaw } from "../stub/raw-terminal.js";
import { deliverReport, describeFault } from "../stub/stub-report.js";

/** How a stub behaves. */
export interface StubOptions {
  /** Gaps before output. */
  mode: ReplayMode;
  scale: number;
  compare: "exact" | "normalised";
  /** So long a driver may be silent. */
  timeout: number;
  /** A file or "fd:N". */
  report?: string;
}

/**
 * Behaves as the recorded program on standard input and output.
 * @param args what the stub was called with; chooses among several cassettes.
 * @returns the recorded status, or 86; a recorded signal ends this process.
 */
export async function stub(
  dirs: readonly string[],
  args: readonly string[],
  options: StubOptions,
): Promise<number> {
  const dir = await chooseCassette(dirs, args);
  if (dir === null) {
    const called = escapeText(JSON.stringify(args));
    deliverReport(`cassette stub: no recording was made with the arguments ${called}\n`, options.report);
    return EXIT.stub;
  }
  const restore = makeTerminalRaw(process.stdin.isTTY === true);
  let end: number | string;
  try {
    await using cassette = await openCassette(dir);
    end = await standIn(cassette, options);
  } finally {
    restore();
  }
  if (typeof end === "number") return end;
  process.kill(process.pid, end);
  await sleep(1_000);
  return EXIT.stub;
}

/** @returns the recorded status or the name of the recorded signal. */
async function standIn(cassette: Cassette, options: StubOptions): Promise<number | string> {
  const matcher = createInputMatcher({
    compare: options.compare,
    ...(options.compare === "normalised" && { normalise: await volatileNormaliser() }),
  });
  const input = takeDriverInput(process.stdin, matcher.arrive);
  const { mode, scale } = options;
  let silent = false;
  try {
    warnOfSize(cassette, options);
    const result = await perform(cassette, {
      matcher,
      mode,
      scale,
      print: (bytes) => write(bytes),
      async moreInput() {
        const outcome = await input.next(options.timeout);
        silent = outcome === "silent";
        return outcome === "came";
      },
    });
    if (result.kind === "ended") return recordedEnd(cassette);
    deliverReport(await describeFault(cassette, { ...result, silent }), options.report);
    return EXIT.stub;
  } finally {
    input.stop();
  }
}

async function volatileNormaliser(): Promise<(text: string) => string> {
  const { createScrubber } = await import("@cassette/scrub");
  const scrubber = createScrubber();
  return (text) => scrubber.normalise(text);
}

function warnOfSize({ manifest }: Cassette, { report }: StubOptions): void {
  const { initial_rows, initial_cols } = manifest.terminal;
  const { isTTY, rows, columns } = process.stdout;
  if (!isTTY || (rows === initial_rows && columns === initial_cols)) return;
  const recorded = `${initial_cols}x${initial_rows}`;
  deliverReport(
    `cassette stub: warning: the terminal is ${columns}x${rows}, recorded was ${recorded}\n`,
    report,
  );
}

function write(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** A recording that was interrupted knows no end; the stub then ends as one that was not driven to an end. */
function recordedEnd({ final }: Cassette): number | string {
  if (!final.exit) return EXIT.stub;
  return final.exit.Signaled ? (signalName(final.exit.Signal) ?? EXIT.stub) : final.exit.Code;
}
