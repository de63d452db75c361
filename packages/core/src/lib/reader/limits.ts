/** Limits of a reader. A cassette is hostile input: without limits a few bytes could cost hours or gigabytes. */
export interface ReaderLimits {
  /** Bytes of `output.raw`, and of each `.jsonl` file. Default 4 GiB. */
  fileBytes: number;
  /** Bytes of one line of a `.jsonl` file. Default 16 MiB. */
  lineBytes: number;
  /** Bytes of one `.json` file. Default 16 MiB. */
  jsonBytes: number;
  /** Records in all. Default 20 million; each costs eight bytes while the cassette is being opened. */
  events: number;
}

/** A reader's default limits. */
export const DEFAULT_LIMITS: Readonly<ReaderLimits> = {
  fileBytes: 4 * 1024 ** 3,
  lineBytes: 16 * 1024 ** 2,
  jsonBytes: 16 * 1024 ** 2,
  events: 20_000_000,
};

/** The given limits, with the defaults for the rest. */
export function withDefaultLimits(limits: Partial<ReaderLimits> = {}): ReaderLimits {
  const merged = { ...DEFAULT_LIMITS };
  for (const name of Object.keys(merged) as (keyof ReaderLimits)[]) {
    const value = limits[name] ?? merged[name];
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new TypeError(`limits.${name} must be a whole number of at least 1.`);
    }
    merged[name] = value;
  }
  return merged;
}
