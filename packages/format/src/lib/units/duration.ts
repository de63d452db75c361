import { CassetteError } from "../error.js";

const UNIT_MS: Record<string, number> = { "": 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration as people write it. */
export const DURATION: RegExp = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|)\s*$/;

/**
 * Parses a duration such as `200ms`, `1.5s`, `2m`, `1h`, `30d`; a bare number is milliseconds.
 * @returns milliseconds
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseDuration(text: string): number {
  const match = DURATION.exec(text);
  const unit = UNIT_MS[match?.[2] ?? "?"];
  if (match && unit !== undefined) return Number(match[1]) * unit;
  throw new CassetteError("CASSETTE_USAGE", "A duration is a number with ms, s, m, h or d, such as 200ms.");
}

/** Whether a timer can wait for so many milliseconds. */
export function isTimeout(ms: number): boolean {
  return ms > 0 && ms < 2 ** 31;
}
