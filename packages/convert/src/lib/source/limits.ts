/** Limits of a source. It is hostile input: without limits a few bytes could cost hours or gigabytes. */
export interface SourceLimits {
  /** Bytes in all, decompressed. Default 4 GiB. */
  fileBytes: number;
  /** Bytes of one line, or of one event. Default 16 MiB. */
  lineBytes: number;
  /** Bytes of a header. Default 1 MiB. */
  headerBytes: number;
  /** Events in all. Default 20 million. */
  events: number;
}

export const DEFAULT_LIMITS: Readonly<SourceLimits> = {
  fileBytes: 4 * 1024 ** 3,
  lineBytes: 16 * 1024 ** 2,
  headerBytes: 1024 ** 2,
  events: 20_000_000,
};

/** Lists and maps inside each other. */
export const MOST_DEPTH = 100;

/** The longest recording: ten years. A longer one is a mistake, and would overflow timers. */
export const MOST_US = 10 * 365 * 86_400 * 1_000_000;
