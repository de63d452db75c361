/**
 * Which screens are worth a frame. Plain JSON, so that it can stand in a manifest. Every policy keeps the screen at
 * resizes, at marks and at the end, and keeps identical screens once.
 */
export type FramePolicy = SettledPolicy | ChunkPolicy | IntervalPolicy;

/** A screen that stood still, at most so many a second while output goes on, and what was seen before each input. */
export interface SettledPolicy {
  kind: "settled";
  /** Milliseconds without output after which a screen counts as settled; 100 unless told. */
  settled_ms?: number;
  /** Least milliseconds between two frames that only output caused; 250 unless told. */
  interval_ms?: number;
}

/** A screen after every chunk of output, as the reference does it. */
export interface ChunkPolicy {
  kind: "chunk";
}

/** A screen at most every so many milliseconds, whatever happens in between. */
export interface IntervalPolicy {
  kind: "interval";
  interval_ms: number;
}

/** Settled for 100 ms, at most 4 a second. */
export const DEFAULT_POLICY = {
  kind: "settled",
  settled_ms: 100,
  interval_ms: 250,
} as const satisfies FramePolicy;
