import { CassetteError } from "@cassette/format";
import { parseDuration } from "@cassette/format/units";

/**
 * Parses a place in a recording as the command prints it: `12.5` and `12.5s` are seconds, `1:30` and `1:02:03.5` minutes
 * and hours; other units as in durations.
 * @returns milliseconds from the beginning
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseTime(text: string): number {
  const match = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$/.exec(text.trim());
  if (match)
    return Math.round(
      1_000 * (Number(match[1] ?? 0) * 3_600 + Number(match[2] ?? 0) * 60 + Number(match[3])),
    );
  try {
    return parseDuration(text);
  } catch {
    throw new CassetteError("CASSETTE_USAGE", "A time is seconds or minutes:seconds, such as 12.5 or 1:30.");
  }
}

/** A place in a recording as seconds: `12.345s`. */
export function formatSeconds(t_ms: number): string {
  return `${(t_ms / 1_000).toFixed(3)}s`;
}

/** A place in a recording as a clock shows it: `1:05`, `1:02:03`. */
export function formatClock(t_ms: number): string {
  const seconds = Math.floor(t_ms / 1_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
