import { CassetteError, type Clock } from "@cassette/format";

/** Time since a recording began. */
export interface RecordingTime {
  /** Takes a reading: whole milliseconds, cut to a multiple of the resolution. */
  quantised(): number;
  /** Takes a reading: whole milliseconds. */
  elapsed(): number;
}

/** @throws CassetteError from its methods: CASSETTE_CLOCK_REGRESSED when the clock steps back. */
export function startRecordingTime(clock: Clock, resolutionMs: number): RecordingTime {
  const start = clock.monotonic();
  let last = start;
  const read = () => {
    const now = clock.monotonic();
    if (!(now >= last)) {
      throw new CassetteError("CASSETTE_CLOCK_REGRESSED", "The recorder's clock stepped back.", {
        expected: last - start,
        actual: now - start,
      });
    }
    last = now;
    return now - start;
  };
  return {
    quantised: () => Math.floor(read() / resolutionMs) * resolutionMs,
    elapsed: () => Math.floor(read()),
  };
}
