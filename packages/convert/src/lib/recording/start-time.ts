/**
 * The start of a recording by a count of seconds since 1970, in milliseconds; undefined for a count that is no date.
 * @param beforeS the first second that is too late.
 */
export function startAtSecond(seconds: number | undefined, beforeS: number): number | undefined {
  return seconds !== undefined && seconds > 0 && seconds < beforeS ? seconds * 1_000 : undefined;
}

/** The start of a recording by a date in words, in milliseconds since 1970; undefined for a text that is no date. */
export function startAtDate(date: string | undefined): number | undefined {
  const startedAtMs = Date.parse(date ?? "");
  return startedAtMs > 0 ? startedAtMs : undefined;
}
