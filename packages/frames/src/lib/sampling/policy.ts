/**
 * Which screens become frames. Plain JSON, so that a manifest can contain it. Every policy keeps the screen at
 * resizes, at marks and at the end, and keeps identical screens once.
 */
export type FramePolicy = SettledPolicy | ChunkPolicy | IntervalPolicy;

/** Settled screens, the screen before each input, and a limited number a second while output continues. */
export interface SettledPolicy {
  kind: "settled";
  /** Milliseconds without output after which a screen counts as settled. Default: 100. */
  settled_ms?: number;
  /** Least milliseconds between two frames that only output caused. Default: 250. */
  interval_ms?: number;
}

/** A screen after every chunk of output, as in the reference. */
export interface ChunkPolicy {
  kind: "chunk";
}

/** At most one screen every `every_ms` milliseconds. */
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
