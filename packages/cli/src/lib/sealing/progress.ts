import { type SealProgress, systemClock } from "@cassette/core";
import type { Clock } from "@cassette/format";
import { humanSize } from "../output/human-size.js";

/** How far long work has come, in bytes or in recordings. */
export interface WorkProgress extends Omit<SealProgress, "pass"> {
  pass: SealProgress["pass"] | "reading" | "indexing";
}

/** Shows the progress of long work. */
export interface ProgressLine {
  update(progress: WorkProgress): void;
  /** Removes the line. */
  clear(): void;
}

/** Work that takes less time shows no line. */
const PATIENCE_MS = 1_000;
const REPAINT_MS = 100;
const WORDS: Record<WorkProgress["pass"], string> = {
  reading: "Reading",
  indexing: "Indexing",
  scanning: "Looking for secrets",
  drawing: "Drawing",
};

/** Makes a line on a terminal; on anything else it stays silent. */
export function createProgressLine(
  stream: Pick<NodeJS.WriteStream, "isTTY" | "write">,
  clock: Pick<Clock, "monotonic"> = systemClock,
): ProgressLine {
  let next = Number.POSITIVE_INFINITY;
  let shown = false;
  return {
    update({ pass, done, total }) {
      // The time counts from the first progress report: before that, a program may have run for hours.
      if (next === Number.POSITIVE_INFINITY) next = clock.monotonic() + PATIENCE_MS;
      if (!stream.isTTY || clock.monotonic() < next) return;
      next = clock.monotonic() + REPAINT_MS;
      shown = true;
      // The size of a pipe is not known.
      const part = total > 0 ? `${Math.floor((done / total) * 100)} %` : humanSize(done);
      stream.write(`\r\x1b[K${WORDS[pass]} … ${part}`);
    },
    clear() {
      if (shown) stream.write("\r\x1b[K");
      shown = false;
    },
  };
}
