import { CassetteError } from "@cassette/format";
import type { CutPlace } from "@cassette/terminal/editing";
import { parseTime } from "../../time-text.js";

const NUMBERED = /^(seq|input)=([1-9]\d{0,14})$/;
const MARK = "mark=";
const FASTEST = 1_000;

/** Parses a place in a recording. @throws CassetteError CASSETTE_USAGE. */
export function parsePlace(text: string): CutPlace {
  if (text.startsWith(MARK)) return { mark: text.slice(MARK.length) };
  const [, name, number] = NUMBERED.exec(text) ?? [];
  if (name === "seq") return { seq: Number(number) };
  if (name === "input") return { input: Number(number) };
  try {
    return { t_ms: parseTime(text) };
  } catch {
    throw new CassetteError(
      "CASSETTE_USAGE",
      "A place is a time such as 12.5 or 1:30, seq=N, input=N, or mark=LABEL.",
    );
  }
}

/** Parses a factor. @throws CassetteError CASSETTE_USAGE. */
export function parseSpeed(text: string): number {
  const factor = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (factor > 0 && factor <= FASTEST) return factor;
  throw new CassetteError(
    "CASSETTE_USAGE",
    `A speed is a number above 0 and up to ${FASTEST}, such as 2 or 0.5.`,
  );
}
