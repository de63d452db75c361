import type { LossTally } from "../recording/losses.js";
import { readLines } from "../source/lines.js";
import { type Source, sourceInvalid } from "../source/source.js";

/** A line of a timing file. */
export interface TimingStep {
  /** O and I take bytes, S is a signal, H a fact. */
  kind: "O" | "I" | "S" | "H";
  /** Since the step before, in microseconds. */
  delayUs: number;
  bytes: number;
  /** Of a signal or a fact. */
  name: string;
  value: string;
  line: number;
}

/** Classic `DELAY BYTES`, and advanced `KIND DELAY …`. */
const STEP = /^(?:([OISH]) )?(\d{1,10}(?:[.,]\d{1,12})?)(?: (\d{1,10})$| (\S+)(?: (.*))?$)/;

/**
 * Reads a timing file, classic or advanced.
 * @throws CassetteError CASSETTE_SOURCE_INVALID.
 */
export async function* readTiming(source: Source, losses: LossTally): AsyncGenerator<TimingStep[], void> {
  for await (const { lines, first, isCut } of readLines(source)) {
    const steps: TimingStep[] = [];
    for (const [index, text] of lines.entries()) {
      if (text.trim() === "") continue;
      const step = stepOf(text.trimEnd(), first + index);
      if (step) steps.push(step);
      // A number without its line end may have lost digits.
      else if (isCut) losses.add("truncated-end", text.length);
      else
        throw sourceInvalid(source, "A line of timing is a delay and a count of bytes.", {
          line: first + index,
        });
    }
    yield steps;
  }
}

function stepOf(text: string, line: number): TimingStep | null {
  const [, kind = "O", delay, count, name = count, value = ""] = STEP.exec(text) ?? [];
  if (delay === undefined || name === undefined) return null;
  const takesBytes = kind === "O" || kind === "I";
  if (takesBytes && count === undefined) return null;
  return {
    kind: kind as TimingStep["kind"],
    delayUs: Number(delay.replace(",", ".")) * 1_000_000,
    bytes: takesBytes ? Number(count) : 0,
    name,
    value,
    line,
  };
}
